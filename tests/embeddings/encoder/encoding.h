// What the encoder's tests share.
#ifndef STAFFROOM_TESTS_EMBEDDINGS_ENCODER_ENCODING_H_
#define STAFFROOM_TESTS_EMBEDDINGS_ENCODER_ENCODING_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "embeddings/encoder/encoder.h"
#include "gtest/gtest.h"

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

inline constexpr size_t kMegabyte = 1 << 20;

inline void ExpectUnitOrZero(const std::vector<float>& vector, const std::string& what) {
  const double squares = SumOfSquares(vector);
  EXPECT_TRUE(std::abs(squares - 1) < 1e-5 || squares == 0) << what << ": " << squares;
}

inline std::string Repeat(absl::string_view unit, size_t size) {
  std::string text;
  while (text.size() < size) text.append(unit.data(), unit.size());
  return text;
}

// FNV-1a over the floats' bits, least significant byte first.
inline uint64_t Checksum(const std::vector<float>& vector) {
  uint64_t checksum = 0xCBF29CE484222325u;
  for (float value : vector) {
    uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof(bits));
    for (int shift = 0; shift < 32; shift += 8) {
      checksum = (checksum ^ ((bits >> shift) & 0xFF)) * 0x00000100000001B3u;
    }
  }
  return checksum;
}

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_TESTS_EMBEDDINGS_ENCODER_ENCODING_H_
