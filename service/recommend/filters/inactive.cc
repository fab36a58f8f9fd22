#include "service/recommend/filters/filters.h"

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/base/limits.h"

namespace staffroom {
namespace {

// Accounts that nobody has heard of for a year: no post, no act, not created or updated. Soft: in an old archive everybody
// is, and a list of the inactive is better than none.
//
// Acts towards what nobody may notice do not count as a sign of life, or the list would tell of it; nor do the acts of an
// account with profiling off, of which nothing is derived; nor IMPRESSIONs, which only say that something was put before it.
class InactiveFilter : public Filter {
 public:
  absl::string_view name() const override { return "inactive"; }
  bool soft() const override { return true; }

  bool judges() const override { return true; }
  bool Drops(const Asking& asking, Item item) const override {
    if (item.kind != storage::ITEM_ACCOUNT) return false;
    const int64_t since_s = asking.now_s - absl::ToInt64Seconds(limits::kInactiveAfter);
    const AccountEntry& entry = asking.view.catalog.account(item.account());
    if (entry.update_time_s >= since_s || entry.create_time_s >= since_s) return false;
    const absl::Span<const PostOrdinal> posts = asking.view.catalog.PostsBy(item.account());
    if (!posts.empty() && asking.view.catalog.post(posts.back()).create_time_s >= since_s) return false;
    if (entry.profiling_off) return true;
    return !AnySince(asking.view, asking.view.engagement.Of(item.account()), since_s) &&
           !AnySince(asking.view, asking.view.engagement.LooksOf(item.account()), since_s);
  }

 private:
  static bool AnySince(const ReadView& view, absl::Span<const Engagement> acts, int64_t since_s) {
    for (size_t i = acts.size(); i > 0 && acts[i - 1].time_s >= since_s; --i) {
      const Item target(static_cast<storage::ItemKind>(acts[i - 1].item_kind), acts[i - 1].target);
      if (IsNoticeable(view, target)) return true;
    }
    return false;
  }
};

}  // namespace

std::unique_ptr<Filter> NewInactiveFilter() { return std::make_unique<InactiveFilter>(); }

}  // namespace staffroom
