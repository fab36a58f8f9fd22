#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// Whom the asker muted, and their things; the other side notices nothing.
class MuteFilter : public Filter {
 public:
  absl::string_view name() const override { return "mute"; }
  void Mark(const Asking& asking, const Marker& marker) const override {
    for (const AccountOrdinal muted : asking.view.graph.Muting(asking.asker)) marker.MarkAccountAndItsThings(muted);
  }
};

}  // namespace

std::unique_ptr<Filter> NewMuteFilter() { return std::make_unique<MuteFilter>(); }

}  // namespace staffroom
