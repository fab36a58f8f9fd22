#ifndef STAFFROOM_SERVICE_VIEWS_VECTOR_SUM_H_
#define STAFFROOM_SERVICE_VIEWS_VECTOR_SUM_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace staffroom {

// A weighted sum of unit vectors that is the same in whatever order it is added, bit for bit: in fixed point. Floats would
// make a profile depend on the order of ordinals, and so, by a last digit, on accounts that nobody may notice.
// Resolution 2^-21; the weights of one sum may add up to 1,000.
class VectorSum {
 public:
  explicit VectorSum(size_t dimensions) : sums_(dimensions) {}

  void Add(absl::Span<const float> unit_vector, float weight) {
    const float scale = weight * kOne;
    for (size_t i = 0; i < unit_vector.size(); ++i)
      sums_[i] += static_cast<int32_t>(std::lrint(unit_vector[i] * scale));
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
