#include "service/recommend/filters/filters.h"

#include <memory>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// What is not there (any more): erased things, and stubs that wait for their object.
class DeletedFilter : public Filter {
 public:
  absl::string_view name() const override { return "deleted"; }
  bool judges() const override { return true; }
  bool Drops(const Asking& asking, Item item) const override { return !Exists(asking.view, item); }
};

}  // namespace

std::unique_ptr<Filter> NewDeletedFilter() { return std::make_unique<DeletedFilter>(); }

}  // namespace staffroom
