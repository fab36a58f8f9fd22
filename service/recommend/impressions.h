#ifndef STAFFROOM_SERVICE_RECOMMEND_IMPRESSIONS_H_
#define STAFFROOM_SERVICE_RECOMMEND_IMPRESSIONS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "service/recommend/asking.h"

namespace staffroom {

// How often each thing of the wanted kind stood on the asker's screen within the last 30 days, as the caller reported. What
// was clicked is no different here: it was seen, and is still suggested.
class Impressions {
 public:
  explicit Impressions(const Asking& asking) {
    const absl::Span<const Engagement> acts = asking.view.engagement.ImpressionsOf(asking.asker);
    for (size_t i = acts.size(); i > 0 && int64_t{acts[i - 1].time_s} + kRememberedSeconds >= asking.now_s; --i) {
      const Engagement& act = acts[i - 1];
      if (act.item_kind == asking.query.item_kind) shown_.push_back(act.target);
    }
    std::sort(shown_.begin(), shown_.end());
  }

  int CountOf(uint32_t ordinal) const {
    const auto [begin, end] = std::equal_range(shown_.begin(), shown_.end(), ordinal);
    return static_cast<int>(end - begin);
  }

 private:
  static constexpr int64_t kRememberedSeconds = 30 * 86'400;
  std::vector<uint32_t> shown_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_IMPRESSIONS_H_
