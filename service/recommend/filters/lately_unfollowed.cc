#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/base/limits.h"

namespace staffroom {
namespace {

// Whom the asker stopped following within the last 90 days: it was not by mistake.
class LatelyUnfollowedFilter : public Filter {
 public:
  absl::string_view name() const override { return "lately_unfollowed"; }
  void Mark(const Asking& asking, const Marker& marker) const override {
    const int64_t since_s = asking.now_s - absl::ToInt64Seconds(limits::kLatelyUnfollowed);
    for (const TimedAccount& unfollowed : asking.view.graph.Unfollowed(asking.asker)) {
      if (unfollowed.time_s >= since_s) marker.Mark(Item(unfollowed.account));
    }
  }
};

}  // namespace

std::unique_ptr<Filter> NewLatelyUnfollowedFilter() { return std::make_unique<LatelyUnfollowedFilter>(); }

}  // namespace staffroom
