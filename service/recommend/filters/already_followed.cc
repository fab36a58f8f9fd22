#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// Whom the asker follows.
class AlreadyFollowedFilter : public Filter {
 public:
  absl::string_view name() const override { return "already_followed"; }
  void Mark(const Asking& asking, const Marker& marker) const override {
    for (const AccountOrdinal followed : asking.view.graph.Following(asking.asker)) marker.Mark(Item(followed));
  }
};

}  // namespace

std::unique_ptr<Filter> NewAlreadyFollowedFilter() { return std::make_unique<AlreadyFollowedFilter>(); }

}  // namespace staffroom
