#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// What the asker does not want to see, until the DISMISS is deleted.
class DismissedFilter : public Filter {
 public:
  absl::string_view name() const override { return "dismissed"; }
  void Mark(const Asking& asking, const Marker& marker) const override {
    for (const Engagement& act : asking.view.engagement.Of(asking.asker)) {
      if (act.kind != storage::DISMISS) continue;
      marker.Mark(Item(static_cast<storage::ItemKind>(act.item_kind), act.target));
    }
  }
};

}  // namespace

std::unique_ptr<Filter> NewDismissedFilter() { return std::make_unique<DismissedFilter>(); }

}  // namespace staffroom
