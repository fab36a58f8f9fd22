#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"
#include "service/recommend/may_be_shown.h"

namespace staffroom {
namespace {

// What does not want to be seen by this asker.
class ExposureFilter : public Filter {
 public:
  absl::string_view name() const override { return "exposure"; }
  bool judges() const override { return true; }
  bool Drops(const Asking& asking, Item item) const override { return !MayBeShown(asking.view, asking.asker, item); }
};

}  // namespace

std::unique_ptr<Filter> NewExposureFilter() { return std::make_unique<ExposureFilter>(); }

}  // namespace staffroom
