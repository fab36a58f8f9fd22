#include "embeddings/kernels/code_dot.h"

// Highway includes this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "embeddings/kernels/code_dot.cc"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace staffroom::embeddings::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Row codes are widened to 16 bits on the way; pairs of products are then added up in 32 bits by one instruction. Two
// pairs of sums, since each addition waits for the one before it.
int32_t CodeDot(const int16_t* HWY_RESTRICT query, const int8_t* HWY_RESTRICT row, size_t size) {
  const hn::ScalableTag<int16_t> wide;
  const hn::Rebind<int8_t, decltype(wide)> narrow;
  const hn::RepartitionToWide<decltype(wide)> sums;
  const size_t lanes = hn::Lanes(wide);
  auto sum0 = hn::Zero(sums);
  auto sum1 = hn::Zero(sums);
  auto sum2 = hn::Zero(sums);
  auto sum3 = hn::Zero(sums);
  size_t i = 0;
  for (; i + 2 * lanes <= size; i += 2 * lanes) {
    sum0 = hn::ReorderWidenMulAccumulate(sums, hn::LoadU(wide, query + i),
                                         hn::PromoteTo(wide, hn::LoadU(narrow, row + i)), sum0, sum1);
    sum2 = hn::ReorderWidenMulAccumulate(sums, hn::LoadU(wide, query + i + lanes),
                                         hn::PromoteTo(wide, hn::LoadU(narrow, row + i + lanes)), sum2, sum3);
  }
  const auto all = hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3));
  int32_t dot = hn::GetLane(hn::SumOfLanes(sums, all));
  for (; i < size; ++i) dot += int32_t{query[i]} * row[i];
  return dot;
}

}  // namespace staffroom::embeddings::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace staffroom::embeddings {

HWY_EXPORT(CodeDot);

CodeDotFunction BestCodeDot() {
  hwy::ChosenTarget& chosen = hwy::GetChosenTarget();
  if (!chosen.IsInitialized()) chosen.Update(hwy::SupportedTargets());
  return HWY_DYNAMIC_DISPATCH(CodeDot);  // the function of the chosen target, not called yet
}

}  // namespace staffroom::embeddings
#endif  // HWY_ONCE
