#include "service/tokens/sealing_key.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "service/tokens/sealer.h"

namespace staffroom {
namespace {

absl::Status FileError(absl::string_view doing, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat(doing, " ", path));
}

absl::StatusOr<std::string> ReadKey(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return FileError("reading", path);
  const auto close_file = absl::MakeCleanup([file] { close(file); });
  std::string key(Sealer::kKeyBytes + 1, '\0');  // one more, to notice a file that is longer
  const ssize_t count = read(file, key.data(), key.size());
  if (count < 0) return FileError("reading", path);
  if (count != static_cast<ssize_t>(Sealer::kKeyBytes)) {
    return absl::FailedPreconditionError(absl::StrCat(path, " is not a sealing key of ", Sealer::kKeyBytes, " bytes"));
  }
  key.resize(Sealer::kKeyBytes);
  return key;
}

// Written beside it and linked into place: of two that start at once one wins, and both then read the winner's.
absl::Status WriteNewKey(const std::string& path) {
  if (sodium_init() < 0) return absl::InternalError("libsodium found no source of random numbers");
  std::string key(Sealer::kKeyBytes, '\0');
  randombytes_buf(key.data(), key.size());
  const std::string draft = absl::StrCat(path, ".", getpid());
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return FileError("writing", draft);
  const auto remove_draft = absl::MakeCleanup([&draft] { unlink(draft.c_str()); });
  const bool written = write(file, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && fsync(file) == 0;
  const absl::Status status = written ? absl::OkStatus() : FileError("writing", draft);
  close(file);
  if (!status.ok()) return status;
  if (link(draft.c_str(), path.c_str()) != 0 && errno != EEXIST) return FileError("writing", path);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> LoadOrCreateSealingKey(const std::string& path) {
  absl::StatusOr<std::string> key = ReadKey(path);
  if (!absl::IsNotFound(key.status())) return key;
  if (absl::Status status = WriteNewKey(path); !status.ok()) return status;
  return ReadKey(path);
}

}  // namespace staffroom
