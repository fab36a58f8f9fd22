#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// What the asker has read, saved or liked. Having looked at it (VIEW, CLICK) is no reason to hide it.
class EngagedFilter : public Filter {
 public:
  absl::string_view name() const override { return "engaged"; }
  void Mark(const Asking& asking, const Marker& marker) const override {
    for (const Engagement& act : asking.view.engagement.Of(asking.asker)) {
      if (act.kind != storage::READ && act.kind != storage::SAVE && act.kind != storage::LIKE) continue;
      marker.Mark(Item(static_cast<storage::ItemKind>(act.item_kind), act.target));
    }
  }
};

}  // namespace

std::unique_ptr<Filter> NewEngagedFilter() { return std::make_unique<EngagedFilter>(); }

}  // namespace staffroom
