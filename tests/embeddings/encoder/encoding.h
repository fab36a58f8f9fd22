// What the encoder's tests share.
#ifndef STAFFROOM_TESTS_EMBEDDINGS_ENCODER_ENCODING_H_
#define STAFFROOM_TESTS_EMBEDDINGS_ENCODER_ENCODING_H_

#include <memory>
#include <vector>

#include "embeddings/encoder/encoder.h"

namespace staffroom::embeddings {

inline std::vector<float> Encode(absl::string_view text, TextKind kind = TextKind::kProse) {
  const std::unique_ptr<Encoder> encoder = NewHashingEncoder();
  // A value no encoder gives: a coordinate left unwritten shows.
  std::vector<float> vector(static_cast<size_t>(encoder->dimensions()), 7.0f);
  encoder->Encode(text, kind, absl::MakeSpan(vector));
  return vector;
}

inline double SumOfSquares(const std::vector<float>& vector) {
  double sum = 0;
  for (float value : vector) sum += static_cast<double>(value) * value;
  return sum;
}

// Cosine of two texts.
inline double Likeness(absl::string_view a, absl::string_view b, TextKind kind = TextKind::kProse) {
  const std::vector<float> x = Encode(a, kind);
  const std::vector<float> y = Encode(b, kind);
  double sum = 0;
  for (size_t i = 0; i < x.size(); ++i) sum += static_cast<double>(x[i]) * y[i];
  return sum;
}

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_TESTS_EMBEDDINGS_ENCODER_ENCODING_H_
