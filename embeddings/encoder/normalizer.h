// One token → its NFKC-casefolded form: the same word typed in another case, width or order of accents
// gives the same bytes.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_NORMALIZER_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_NORMALIZER_H_

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "embeddings/encoder/tokenizer.h"

namespace staffroom::embeddings {

// No code point has a longer compatibility decomposition than U+FDFA: 18 (Unicode 15).
inline constexpr size_t kMaxDecomposition = 18;
inline constexpr size_t kMaxNormalizedCodePoints = kMaxTokenCodePoints * kMaxDecomposition;

// Owns the buffer its result lives in. Not thread-safe: one for each call of Tokenize.
class Normalizer {
 public:
  // `run` is valid UTF-8 of at most kMaxTokenCodePoints code points. Apostrophes are dropped. The result may
  // be empty (a run of joiners) and is valid until the next call.
  absl::string_view Normalize(absl::string_view run);

 private:
  // Room for the terminating zero and the last encoding step of utf8proc.
  std::array<int32_t, kMaxNormalizedCodePoints + 1> code_points_;
  std::array<char, kMaxTokenCodePoints> ascii_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_NORMALIZER_H_
