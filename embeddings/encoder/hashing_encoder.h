// Feature hashing (Weinberger and others, 2009, "Feature Hashing for Large Scale Multitask Learning"): each
// feature of a text — a word, two neighbouring words, 3 to 5 characters of a word, a hashtag, an emoji — adds its weight
// to one of 256 coordinates, with a sign; coordinate and sign come from the feature's hash. No model file, no
// training, any script; the price is that it knows spellings, not meanings: "fractions" is near "fraction", and no nearer to
// "rational numbers" than to "volcano".
//
// The same bytes everywhere:
//   1. tokens come from utf8proc's tables (Unicode 15 in 2.8; an update may change code points that were unassigned)
//   2. coordinates are sums of integers, so the order of features cannot matter
//   3. the rest is +, ×, / and sqrt in double, which IEEE 754 rounds in one way; the sum of squares runs in a fixed
//      order and the file is compiled without contraction to fused multiply-add
// A golden test holds the bytes. Whoever changes them changes the model id.
//
// The last step is power normalisation (Perronnin and others, 2010): |x|^0.75, sign kept, tames the
// coordinates where features pile up.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_HASHING_ENCODER_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_HASHING_ENCODER_H_

#include <array>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "embeddings/encoder/encoder.h"
#include "embeddings/encoder/feature_weights.h"
#include "embeddings/encoder/tokenizer.h"

namespace staffroom::embeddings {

// Scale of each n-gram of a word, by the number of code points of the word with its two borders.
using NgramScales = std::array<FixedWeight, kMaxTokenCodePoints * 2>;

class HashingEncoder final : public Encoder {
 public:
  HashingEncoder();

  absl::string_view model_id() const override { return "hashing-256-v1"; }
  int dimensions() const override { return kDimensions; }
  void Encode(absl::string_view text, TextKind kind, absl::Span<float> out) const override;

 private:
  const NgramScales ngram_scales_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_HASHING_ENCODER_H_
