#ifndef STAFFROOM_TESTS_SUPPORT_TEMP_DIR_H_
#define STAFFROOM_TESTS_SUPPORT_TEMP_DIR_H_

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace staffroom {

// A fresh, empty folder for one test, removed with everything in it at the end. Movable neither way: it is its path.
class TempDir {
 public:
  TempDir() {
    path_ = absl::StrCat(::testing::TempDir(), "/staffroom-XXXXXX");
    if (mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "cannot make a folder like " << path_;
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }
  // The path of `name` within the folder; nothing is created.
  std::string Join(absl::string_view name) const { return absl::StrCat(path_, "/", name); }

 private:
  std::string path_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_TEMP_DIR_H_
