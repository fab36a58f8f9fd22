#ifndef STAFFROOM_SERVICE_CONVERTERS_FIELD_PATH_H_
#define STAFFROOM_SERVICE_CONVERTERS_FIELD_PATH_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace staffroom {

// Where in a request one stands, as `account.channels[2].url`. Nearly every field is right, so nothing is written until an
// error asks for the text: a path is a chain of links on the stack, each of which must outlive the ones made from it.
// Make them in the call that uses them, or keep the parent in a variable beside the child's.
class FieldPath {
 public:
  explicit constexpr FieldPath(absl::string_view name) : name_(name) {}

  constexpr FieldPath Field(absl::string_view name) const { return FieldPath(this, name, -1); }
  constexpr FieldPath At(int index) const { return FieldPath(this, {}, index); }

  std::string ToString() const {
    if (parent_ == nullptr) return std::string(name_);
    if (index_ >= 0) return absl::StrCat(parent_->ToString(), "[", index_, "]");
    return absl::StrCat(parent_->ToString(), ".", name_);
  }

 private:
  constexpr FieldPath(const FieldPath* parent, absl::string_view name, int index)
      : parent_(parent), name_(name), index_(index) {}

  const FieldPath* parent_ = nullptr;
  absl::string_view name_;
  int index_ = -1;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_FIELD_PATH_H_
