#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// Whoever blocked or reported the asker, whom the asker blocked or reported, and all that either made. One sees nothing
// of the other, whichever way it went.
class BlockFilter : public Filter {
 public:
  absl::string_view name() const override { return "block"; }
  void Mark(const Asking& asking, const Marker& marker) const override {
    for (const AccountOrdinal blocked : asking.view.graph.Blocking(asking.asker))
      marker.MarkAccountAndItsThings(blocked);
    for (const AccountOrdinal blocker : asking.view.graph.BlockedBy(asking.asker))
      marker.MarkAccountAndItsThings(blocker);
  }
};

}  // namespace

std::unique_ptr<Filter> NewBlockFilter() { return std::make_unique<BlockFilter>(); }

}  // namespace staffroom
