#ifndef STAFFROOM_SERVICE_VIEWS_VECTOR_SUM_H_
#define STAFFROOM_SERVICE_VIEWS_VECTOR_SUM_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "absl/types/span.h"

namespace staffroom {

// A weighted sum of unit vectors that is the same in whatever order it is added, bit for bit: in fixed point. Floats would
// make a profile depend on the order of ordinals, and so, by a last digit, on accounts that nobody may notice.
// Resolution 2^-21; the weights of one sum may add up to 1,000.
class VectorSum {
 public:
  explicit VectorSum(size_t dimensions) : sums_(dimensions) {}

  // Eight numbers at a time (a profile adds up to a hundred vectors, under a lock): converting rounds towards zero.
  void Add(absl::Span<const float> unit_vector, float weight) {
    const float scale = weight * kOne;
    const float* const from = unit_vector.data();
    const size_t size = std::min(unit_vector.size(), sums_.size());
    const size_t whole = size - size % kLanes;
    for (size_t i = 0; i < whole; i += kLanes) {
      Floats values;
      Integers sums;
      std::memcpy(&values, from + i, sizeof(values));
      std::memcpy(&sums, sums_.data() + i, sizeof(sums));
      sums += __builtin_convertvector(values * scale, Integers);
      std::memcpy(sums_.data() + i, &sums, sizeof(sums));
    }
    for (size_t i = whole; i < size; ++i) sums_[i] += static_cast<int32_t>(from[i] * scale);
  }

  // Adds weight × (the sum's direction) to `out`; nothing when the sum is zero.
  void AddDirectionTo(float weight, absl::Span<float> out) const {
    double squares = 0;
    for (const int32_t sum : sums_) squares += static_cast<double>(sum) * sum;
    if (squares == 0) return;
    const float scale = weight / static_cast<float>(std::sqrt(squares));
    for (size_t i = 0; i < out.size(); ++i) out[i] += static_cast<float>(sums_[i]) * scale;
  }

 private:
  static constexpr float kOne = 1 << 21;
  // Two registers, on whatever machine the compiler aims at.
  static constexpr size_t kLanes = 8;
  using Floats = float __attribute__((vector_size(kLanes * sizeof(float))));
  using Integers = int32_t __attribute__((vector_size(kLanes * sizeof(int32_t))));
  std::vector<int32_t> sums_;
};

// Scales to length 1; false, and untouched, when it is zero.
inline bool Normalize(absl::Span<float> vector) {
  double squares = 0;
  for (const float value : vector) squares += static_cast<double>(value) * value;
  if (squares == 0) return false;
  const float scale = static_cast<float>(1.0 / std::sqrt(squares));
  for (float& value : vector) value *= scale;
  return true;
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_VECTOR_SUM_H_
