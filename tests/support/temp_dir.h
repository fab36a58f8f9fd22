#ifndef STAFFROOM_TESTS_SUPPORT_TEMP_DIR_H_
#define STAFFROOM_TESTS_SUPPORT_TEMP_DIR_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "tests/support/scratch_folder.h"

namespace staffroom {

// A ScratchFolder for one test, which fails when there can be none. Movable neither way: it is its path.
class TempDir {
 public:
  TempDir() {
    absl::StatusOr<std::unique_ptr<ScratchFolder>> made = ScratchFolder::Make();
    if (made.ok()) {
      folder_ = *std::move(made);
    } else {
      ADD_FAILURE() << made.status();
    }
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  std::string path() const { return folder_ == nullptr ? "" : folder_->path(); }
  // The path of `name` within the folder; nothing is created.
  std::string Join(absl::string_view name) const { return folder_ == nullptr ? "" : folder_->Join(name); }

 private:
  std::unique_ptr<ScratchFolder> folder_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_TEMP_DIR_H_
