#ifndef STAFFROOM_TESTS_SUPPORT_SCRATCH_FOLDER_H_
#define STAFFROOM_TESTS_SUPPORT_SCRATCH_FOLDER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace staffroom {

// A fresh, empty folder for one run of a program, removed with everything in it at the end. Tests have temp_dir.h, which
// needs GoogleTest.
class ScratchFolder {
 public:
  // In $TMPDIR, else in /tmp.
  static absl::StatusOr<std::unique_ptr<ScratchFolder>> Make();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }
  // The path of `name` within the folder; nothing is created.
  std::string Join(absl::string_view name) const;

 private:
  explicit ScratchFolder(std::string path);

  const std::string path_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_SCRATCH_FOLDER_H_
