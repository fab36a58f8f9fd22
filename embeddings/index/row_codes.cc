#include "embeddings/index/row_codes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace staffroom::embeddings {
namespace {

// Rounding of float sums of a few thousand terms, and of the estimate itself, relative to the lengths.
constexpr float kRounding = 1e-5f;

float Greatest(absl::Span<const float> values) {
  float greatest = 0;
  for (const float value : values) greatest = std::max(greatest, std::abs(value));
  return greatest;
}

// Writes round(value / scale) and returns the scale: 0, with codes 0, where the values are too small to divide by.
template <typename Code>
float Encode(absl::Span<const float> values, int most, Code* codes) {
  const float scale = Greatest(values) / static_cast<float>(most);
  if (scale < std::numeric_limits<float>::min()) {
    std::fill_n(codes, values.size(), Code{0});
    return 0;
  }
  const float inverse = 1.0f / scale;
  const float bound = static_cast<float>(most);
  for (size_t i = 0; i < values.size(); ++i) {
    // Half away from zero, in arithmetic that compilers vectorise: lround is a call.
    const float scaled = std::clamp(values[i] * inverse, -bound, bound);
    codes[i] = static_cast<Code>(scaled + std::copysign(0.5f, scaled));
  }
  return scale;
}

}  // namespace

// A query q = t·d + e with codes d up to 4,095 leaves out |e| ≤ √n · max|q| / 8,190 ≤ |q| · √n / 8,190. So
//
//   |q·x − s·t·(c·d)| ≤ |q|·|r| + |s·c|·|e| ≤ |q| · (|r| + |s·c| · √n / 8,190)
CodeShape EncodeRow(absl::Span<const float> row, int8_t* codes) {
  const float scale = Encode(row, kRowCodeMost, codes);
  float left_out = 0;
  float kept = 0;
  for (size_t i = 0; i < row.size(); ++i) {
    const float decoded = scale * static_cast<float>(codes[i]);
    left_out += (row[i] - decoded) * (row[i] - decoded);
    kept += decoded * decoded;
  }
  left_out = std::sqrt(left_out);
  kept = std::sqrt(kept);
  const float query_error = std::sqrt(static_cast<float>(row.size())) / (2.0f * kQueryCodeMost);
  const float error = left_out + kept * query_error;
  return {.scale = scale, .error = error + kRounding * (error + kept)};
}

CodedQuery::CodedQuery(absl::Span<const float> values, CodeDotFunction code_dot)
    : code_dot_(code_dot), codes_(values.size()) {
  scale_ = Encode(values, kQueryCodeMost, codes_.data());
}

CodedQuery::CodedQuery(const int8_t* codes, size_t size, const CodeShape& shape, CodeDotFunction code_dot)
    : code_dot_(code_dot), codes_(codes, codes + size), scale_(shape.scale) {}

IndexQuery::IndexQuery(absl::Span<const float> values, DotFunction dot, CodeDotFunction code_dot)
    : values_(values),
      dot_(dot),
      coded_(values, code_dot),
      length_(std::sqrt(dot(values.data(), values.data(), values.size()))) {}

}  // namespace staffroom::embeddings
