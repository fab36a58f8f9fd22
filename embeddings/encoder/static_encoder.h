// Static embedding: a text's vector is the sum of its pieces' vectors, looked up in a table that was trained beforehand
// (embeddings/training/). It knows meanings as far as the table does, at the cost of looking up.
//
// The same bytes everywhere: tokens as in hashing_encoder.h; sums of integers; then one division by the norm in double, in
// a fixed order and without contraction.
//
// What the table does not know. A text of which fewer words are known than unknown (other scripts, mostly), or whose sum is
// zero, gets the fallback: the hashing encoder's 256 coordinates folded into the last 128, and zeros before them. The model is
// trained so that its vectors have most of their length in the first 128 dimensions (two thirds of the square, of the shipped
// one): chance likeness between texts of the two ways is no greater than between any two unlike texts, and those of the
// fallback compare among themselves much as under the hashing encoder.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_STATIC_ENCODER_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_STATIC_ENCODER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "embeddings/encoder/encoder.h"
#include "embeddings/encoder/hashing_encoder.h"
#include "embeddings/encoder/piece_vocabulary.h"
#include "embeddings/kernels/row_sum.h"
#include "embeddings/models/static_model.h"

namespace staffroom::embeddings {

// The encoder of the model in this file, or why there is none, naming the file.
absl::StatusOr<std::unique_ptr<Encoder>> NewStaticEncoder(const std::string& path);

// Encode allocates nothing, unless it falls back: the hashing encoder counts words on the heap.
class StaticEncoder final : public Encoder {
 public:
  explicit StaticEncoder(std::unique_ptr<const StaticModel> model);

  // The file's own name of itself and its checksum, "static-256-v1-5d6f3a10": another file is another model, whatever it
  // calls itself, and never compared with this one's vectors.
  absl::string_view model_id() const override { return model_id_; }
  int dimensions() const override { return kDimensions; }
  // The same for every kind: what a piece weighs was trained.
  void Encode(absl::string_view text, TextKind kind, absl::Span<float> out) const override;

 private:
  const std::unique_ptr<const StaticModel> model_;
  const std::string model_id_;
  const PieceVocabulary vocabulary_;
  const RowSumFunction row_sum_;
  const HashingEncoder fallback_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_STATIC_ENCODER_H_
