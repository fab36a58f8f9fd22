// A static encoder over a model made for one test.
#ifndef STAFFROOM_TESTS_EMBEDDINGS_ENCODER_STATIC_ENCODING_H_
#define STAFFROOM_TESTS_EMBEDDINGS_ENCODER_STATIC_ENCODING_H_

#include <memory>
#include <string>
#include <vector>

#include "embeddings/encoder/static_encoder.h"
#include "embeddings/encoder/text_pieces.h"
#include "embeddings/models/static_model.h"
#include "gtest/gtest.h"
#include "tests/support/model_writer.h"

namespace staffroom::embeddings {

class StaticEncoding {
 public:
  explicit StaticEncoding(std::vector<WrittenPiece> pieces) : pieces_(std::move(pieces)), bytes_(WriteModel(pieces_)) {
    absl::StatusOr<std::unique_ptr<StaticModel>> model = StaticModel::FromBytes(bytes_);
    if (!model.ok()) {
      ADD_FAILURE() << model.status();
      return;
    }
    encoder_ = std::make_unique<StaticEncoder>(*std::move(model));
    words_ = *StaticModel::FromBytes(bytes_);
  }

  const std::vector<WrittenPiece>& pieces() const { return pieces_; }
  const Encoder& encoder() const { return *encoder_; }

  std::vector<float> Encode(absl::string_view text, TextKind kind = TextKind::kProse) const {
    std::vector<float> vector(kDimensions, 7.0f);  // a value no encoder gives
    encoder_->Encode(text, kind, absl::MakeSpan(vector));
    return vector;
  }

  // Texts of the pieces that `text` is made of.
  std::vector<std::string> Pieces(absl::string_view text) const {
    std::vector<std::string> texts;
    ForEachPiece(PieceVocabulary(words_->pieces()), text,
                 [&](uint32_t piece) { texts.push_back(pieces_[piece].text); });
    return texts;
  }

  Coverage CoverageOf(absl::string_view text) const {
    return ForEachPiece(PieceVocabulary(words_->pieces()), text, [](uint32_t) {});
  }

 private:
  const std::vector<WrittenPiece> pieces_;
  const std::string bytes_;
  std::unique_ptr<Encoder> encoder_;
  std::unique_ptr<StaticModel> words_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_TESTS_EMBEDDINGS_ENCODER_STATIC_ENCODING_H_
