#include "embeddings/kernels/row_sum.h"

#include <algorithm>

// Highway includes this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "embeddings/kernels/row_sum.cc"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace staffroom::embeddings::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// One stripe of 4 vectors stays in registers while all rows pass: the sums are written once, not once a row.
void AddStripe(const ScaledRow* HWY_RESTRICT rows, size_t count, size_t begin, int64_t* HWY_RESTRICT sums) {
  const hn::ScalableTag<int32_t> wide;
  const hn::Rebind<int8_t, decltype(wide)> narrow;
  const size_t lanes = hn::Lanes(wide);
  auto sum0 = hn::Zero(wide);
  auto sum1 = hn::Zero(wide);
  auto sum2 = hn::Zero(wide);
  auto sum3 = hn::Zero(wide);
  for (size_t i = 0; i < count; ++i) {
    const auto scale = hn::Set(wide, rows[i].scale);
    const int8_t* const codes = rows[i].row + begin;
    sum0 = hn::Add(sum0, hn::Mul(scale, hn::PromoteTo(wide, hn::LoadU(narrow, codes))));
    sum1 = hn::Add(sum1, hn::Mul(scale, hn::PromoteTo(wide, hn::LoadU(narrow, codes + lanes))));
    sum2 = hn::Add(sum2, hn::Mul(scale, hn::PromoteTo(wide, hn::LoadU(narrow, codes + 2 * lanes))));
    sum3 = hn::Add(sum3, hn::Mul(scale, hn::PromoteTo(wide, hn::LoadU(narrow, codes + 3 * lanes))));
  }
  HWY_ALIGN int32_t stripe[4 * hn::MaxLanes(wide)];
  hn::Store(sum0, wide, stripe);
  hn::Store(sum1, wide, stripe + lanes);
  hn::Store(sum2, wide, stripe + 2 * lanes);
  hn::Store(sum3, wide, stripe + 3 * lanes);
  for (size_t i = 0; i < 4 * lanes; ++i) sums[begin + i] += stripe[i];
}

void RowSum(const ScaledRow* rows, size_t count, size_t size, int64_t* sums) {
  const size_t stripe = 4 * hn::Lanes(hn::ScalableTag<int32_t>());
  for (size_t done = 0; done < count; done += kRowsInNarrowSum) {
    const ScaledRow* const some = rows + done;
    const size_t some_count = std::min(count - done, kRowsInNarrowSum);
    size_t begin = 0;
    for (; begin + stripe <= size; begin += stripe) AddStripe(some, some_count, begin, sums);
    for (; begin < size; ++begin) {
      for (size_t i = 0; i < some_count; ++i) sums[begin] += int64_t{some[i].scale} * some[i].row[begin];
    }
  }
}

}  // namespace staffroom::embeddings::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace staffroom::embeddings {

HWY_EXPORT(RowSum);

RowSumFunction BestRowSum() {
  hwy::ChosenTarget& chosen = hwy::GetChosenTarget();
  if (!chosen.IsInitialized()) chosen.Update(hwy::SupportedTargets());
  return HWY_DYNAMIC_DISPATCH(RowSum);  // the function of the chosen target, not called yet
}

}  // namespace staffroom::embeddings
#endif  // HWY_ONCE
