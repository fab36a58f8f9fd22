#include "embeddings/kernels/dot.h"

// Highway includes this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "embeddings/kernels/dot.cc"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace staffroom::embeddings::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Four sums hide the latency of multiply-add (4 cycles, two a cycle, on today's x86 and Arm); more would
// not pay at the few hundred elements of an embedding.
float Dot(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, size_t size) {
  const hn::ScalableTag<float> tag;
  const size_t lanes = hn::Lanes(tag);
  auto sum0 = hn::Zero(tag);
  auto sum1 = hn::Zero(tag);
  auto sum2 = hn::Zero(tag);
  auto sum3 = hn::Zero(tag);
  size_t i = 0;
  for (; i + 4 * lanes <= size; i += 4 * lanes) {
    sum0 = hn::MulAdd(hn::LoadU(tag, a + i), hn::LoadU(tag, b + i), sum0);
    sum1 = hn::MulAdd(hn::LoadU(tag, a + i + lanes), hn::LoadU(tag, b + i + lanes), sum1);
    sum2 = hn::MulAdd(hn::LoadU(tag, a + i + 2 * lanes), hn::LoadU(tag, b + i + 2 * lanes), sum2);
    sum3 = hn::MulAdd(hn::LoadU(tag, a + i + 3 * lanes), hn::LoadU(tag, b + i + 3 * lanes), sum3);
  }
  for (; i + lanes <= size; i += lanes) {
    sum0 = hn::MulAdd(hn::LoadU(tag, a + i), hn::LoadU(tag, b + i), sum0);
  }
  const auto sum = hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3));
  float dot = hn::GetLane(hn::SumOfLanes(tag, sum));
  for (; i < size; ++i) dot += a[i] * b[i];
  return dot;
}

}  // namespace staffroom::embeddings::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace staffroom::embeddings {

HWY_EXPORT(Dot);

DotFunction BestDot() {
  hwy::ChosenTarget& chosen = hwy::GetChosenTarget();
  if (!chosen.IsInitialized()) chosen.Update(hwy::SupportedTargets());
  return HWY_DYNAMIC_DISPATCH(Dot);  // the function of the chosen target, not called yet
}

}  // namespace staffroom::embeddings
#endif  // HWY_ONCE
