#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// What the asker reported, itself. Its author is a matter of the block filter; a thing without one is a matter of this.
class ReportedFilter : public Filter {
 public:
  absl::string_view name() const override { return "reported"; }
  void Mark(const Asking& asking, const Marker& marker) const override {
    for (const Engagement& act : asking.view.engagement.Of(asking.asker)) {
      if (act.kind != storage::REPORT) continue;
      marker.Mark(Item(static_cast<storage::ItemKind>(act.item_kind), act.target));
    }
  }
};

}  // namespace

std::unique_ptr<Filter> NewReportedFilter() { return std::make_unique<ReportedFilter>(); }

}  // namespace staffroom
