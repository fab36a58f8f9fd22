#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// What is under review or suspended, or whose author or publisher is.
class ModerationStateFilter : public Filter {
 public:
  absl::string_view name() const override { return "moderation_state"; }
  bool judges() const override { return true; }
  bool Drops(const Asking& asking, Item item) const override { return !IsActive(asking.view, item); }
};

}  // namespace

std::unique_ptr<Filter> NewModerationStateFilter() { return std::make_unique<ModerationStateFilter>(); }

}  // namespace staffroom
