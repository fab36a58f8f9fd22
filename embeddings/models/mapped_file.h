// A file's bytes in memory, as the kernel pages them in: shared by every process that maps the same file.
#ifndef STAFFROOM_EMBEDDINGS_MODELS_MAPPED_FILE_H_
#define STAFFROOM_EMBEDDINGS_MODELS_MAPPED_FILE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace staffroom::embeddings {

// Read-only. Replace a mapped file by renaming another over it: one that is cut short in place ends the process (SIGBUS).
class MappedFile {
 public:
  // The errno's status, naming the path, when it cannot be read; INVALID_ARGUMENT when it is no regular file.
  static absl::StatusOr<std::unique_ptr<MappedFile>> Open(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  absl::string_view bytes() const { return bytes_; }

 private:
  explicit MappedFile(absl::string_view bytes) : bytes_(bytes) {}

  const absl::string_view bytes_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_MODELS_MAPPED_FILE_H_
