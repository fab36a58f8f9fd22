#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// What the request named: things to leave out, and examples, which the caller knows already.
class ExcludedFilter : public Filter {
 public:
  absl::string_view name() const override { return "excluded"; }
  void Mark(const Asking& asking, const Marker& marker) const override {
    for (const Item item : asking.excluded) marker.Mark(item);
    for (const Item item : asking.liked) marker.Mark(item);
    for (const Item item : asking.disliked) marker.Mark(item);
  }
};

}  // namespace

std::unique_ptr<Filter> NewExcludedFilter() { return std::make_unique<ExcludedFilter>(); }

}  // namespace staffroom
