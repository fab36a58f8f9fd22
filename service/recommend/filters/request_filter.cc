#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// What the request's own filter does not let pass.
class RequestFilter : public Filter {
 public:
  absl::string_view name() const override { return "request_filter"; }
  bool judges() const override { return true; }
  bool Drops(const Asking& asking, Item item) const override {
    return !asking.filter.Passes(asking.view, item, asking.now_s);
  }
};

}  // namespace

std::unique_ptr<Filter> NewRequestFilter() { return std::make_unique<RequestFilter>(); }

}  // namespace staffroom
