#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// The asker, and what the asker wrote or publishes.
class SelfFilter : public Filter {
 public:
  absl::string_view name() const override { return "self"; }
  void Mark(const Asking& asking, const Marker& marker) const override { marker.MarkAccountAndItsThings(asking.asker); }
};

}  // namespace

std::unique_ptr<Filter> NewSelfFilter() { return std::make_unique<SelfFilter>(); }

}  // namespace staffroom
