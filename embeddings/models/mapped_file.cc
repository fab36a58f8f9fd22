#include "embeddings/models/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace staffroom::embeddings {
namespace {

// Closes itself: a mapping outlives the descriptor it was made from.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  const int number_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<MappedFile>> MappedFile::Open(const std::string& path) {
  // Not blocking: a pipe is told from a file only once it is open.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) return absl::ErrnoToStatus(errno, absl::StrCat("opening ", path));
  struct stat about = {};
  if (fstat(file.number(), &about) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("looking at ", path));
  if (!S_ISREG(about.st_mode)) return absl::InvalidArgumentError(absl::StrCat(path, ": not a regular file"));
  const auto size = static_cast<size_t>(about.st_size);
  if (size == 0) return std::unique_ptr<MappedFile>(new MappedFile(absl::string_view()));
  void* const bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
  if (bytes == MAP_FAILED) return absl::ErrnoToStatus(errno, absl::StrCat("mapping ", path));
  return std::unique_ptr<MappedFile>(new MappedFile(absl::string_view(static_cast<const char*>(bytes), size)));
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace staffroom::embeddings
