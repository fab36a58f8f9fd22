#ifndef STAFFROOM_TESTS_SUPPORT_SCRATCH_FOLDER_H_
#define STAFFROOM_TESTS_SUPPORT_SCRATCH_FOLDER_H_

#include <errno.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace staffroom {

// A fresh, empty folder for one run, in $TMPDIR or else /tmp, removed with everything in it at the end. Header-only, so that
// programs and tests share it; a test uses TempDir (temp_dir.h), which is one and fails the test when it cannot be made.
class ScratchFolder {
 public:
  static absl::StatusOr<std::unique_ptr<ScratchFolder>> Make() {
    std::error_code error;
    const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
    if (error) return absl::NotFoundError(absl::StrCat("no folder for temporary files: ", error.message()));
    std::string path = absl::StrCat(parent.string(), "/staffroom-XXXXXX");
    if (mkdtemp(path.data()) == nullptr) return absl::ErrnoToStatus(errno, absl::StrCat("making a folder like ", path));
    return std::unique_ptr<ScratchFolder>(new ScratchFolder(std::move(path)));
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }
  // The path of `name` within the folder; nothing is created.
  std::string Join(absl::string_view name) const { return absl::StrCat(path_, "/", name); }

 private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}

  const std::string path_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_SCRATCH_FOLDER_H_
