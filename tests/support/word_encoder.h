#ifndef STAFFROOM_TESTS_SUPPORT_WORD_ENCODER_H_
#define STAFFROOM_TESTS_SUPPORT_WORD_ENCODER_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "embeddings/encoder/encoder.h"
#include "service/base/digest.h"

namespace staffroom {

// An encoder for tests that need a second one: the words of a text, each by its first letters. With two letters "fractions" is
// like "friends", with all of them it is like itself alone, so encoders of different `letters` answer differently.
class WordEncoder : public embeddings::Encoder {
 public:
  WordEncoder(std::string model_id, size_t letters, int dimensions = embeddings::kDimensions)
      : model_id_(std::move(model_id)), letters_(letters), dimensions_(dimensions) {}

  absl::string_view model_id() const override { return model_id_; }
  int dimensions() const override { return dimensions_; }
  void Encode(absl::string_view text, embeddings::TextKind, absl::Span<float> out) const override {
    if (before_) before_();
    for (float& value : out) value = 0;
    double squares = 0;
    for (const absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(" ,."), absl::SkipEmpty())) {
      const uint64_t hash = RecordHash().Add(absl::AsciiStrToLower(word.substr(0, letters_))).Finish();
      out[hash % out.size()] += 1.0f;
    }
    for (const float value : out) squares += static_cast<double>(value) * value;
    for (float& value : out) value = squares == 0 ? 0 : static_cast<float>(value / std::sqrt(squares));
  }

  // Called before each text is encoded: the moment between reading a text and handing in its vector.
  void Before(std::function<void()> before) { before_ = std::move(before); }

 private:
  const std::string model_id_;
  const size_t letters_;
  const int dimensions_;
  std::function<void()> before_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_WORD_ENCODER_H_
