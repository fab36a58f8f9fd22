#include "storage/rocksdb_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace staffroom::storage {
namespace {

constexpr absl::string_view kMarkerName = "STAFFROOM";
constexpr absl::string_view kMarkerDraftName = "STAFFROOM.new";  // left by a crash between writing and renaming
constexpr absl::string_view kUnsyncedName = "UNSYNCED";
constexpr absl::string_view kMarkerText = "staffroom store ";
constexpr absl::string_view kCreatingText = " (creating)";
constexpr int kLayout = 1;

std::string PathOf(absl::string_view dir, absl::string_view name) { return absl::StrCat(dir, "/", name); }

absl::Status FromError(const std::error_code& error, absl::string_view doing) {
  return error ? absl::ErrnoToStatus(error.value(), doing) : absl::OkStatus();
}

absl::Status SyncAndClose(int file, absl::string_view path) {
  const bool synced = fsync(file) == 0;
  const int sync_error = errno;
  if (close(file) == 0 && synced) return absl::OkStatus();
  return absl::ErrnoToStatus(synced ? errno : sync_error, absl::StrCat("syncing ", path));
}

// A new name is durable only once its folder is.
absl::Status SyncFolder(const std::string& dir) {
  const int file = open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("opening ", dir));
  return SyncAndClose(file, dir);
}

absl::Status WriteDurably(const std::string& path, absl::string_view text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("creating ", path));
  if (write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    const auto status = absl::ErrnoToStatus(errno, absl::StrCat("writing ", path));
    close(file);
    return status;
  }
  return SyncAndClose(file, path);
}

absl::Status WriteMarker(const std::string& dir, bool creating) {
  const std::string draft = PathOf(dir, kMarkerDraftName);
  const std::string text = absl::StrCat(kMarkerText, kLayout, creating ? kCreatingText : "", "\n");
  if (auto status = WriteDurably(draft, text); !status.ok()) return status;
  const std::string marker = PathOf(dir, kMarkerName);
  if (rename(draft.c_str(), marker.c_str()) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("renaming ", draft));
  return SyncFolder(dir);
}

// A fresh volume has a lost+found of its own.
absl::StatusOr<bool> IsEmpty(const std::string& dir) {
  std::error_code error;
  for (std::filesystem::directory_iterator it(dir, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name != kMarkerDraftName && name != "lost+found") return false;
  }
  if (error) return FromError(error, absl::StrCat("reading ", dir));
  return true;
}

// Whether the marker says "creating"; an error when it is not a marker that this program knows.
absl::StatusOr<bool> ReadMarker(const std::string& dir) {
  const std::string path = PathOf(dir, kMarkerName);
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad() || !file.is_open()) return absl::InternalError(absl::StrCat("cannot read ", path));
  absl::string_view text = bytes;
  int layout = 0;
  const bool starts_right = absl::ConsumePrefix(&text, kMarkerText) && absl::ConsumeSuffix(&text, "\n");
  const bool creating = absl::ConsumeSuffix(&text, kCreatingText);
  if (!starts_right || !absl::SimpleAtoi(text, &layout) || layout < 1) {
    return absl::FailedPreconditionError(absl::StrCat(path, " is no marker of a staffroom store; nothing was touched"));
  }
  if (layout != kLayout) {
    return absl::FailedPreconditionError(absl::StrCat(dir, " holds a staffroom store of layout ", layout,
                                                      "; this program knows layout ", kLayout,
                                                      "; nothing was touched"));
  }
  return creating;
}

}  // namespace

absl::StatusOr<RocksDbFolder> RocksDbFolder::Prepare(const std::string& dir) {
  std::error_code error;
  if (std::filesystem::exists(dir, error) && !std::filesystem::is_directory(dir, error)) {
    return absl::FailedPreconditionError(absl::StrCat(dir, " is not a folder"));
  }
  std::filesystem::create_directories(dir, error);
  if (error) return FromError(error, absl::StrCat("creating ", dir));

  if (std::filesystem::exists(PathOf(dir, kMarkerName), error)) {
    const absl::StatusOr<bool> creating = ReadMarker(dir);
    if (!creating.ok()) return creating.status();
    RocksDbFolder folder(dir, *creating);
    if (!*creating && !std::filesystem::exists(PathOf(folder.rocksdb_dir(), "CURRENT"), error)) {
      return absl::DataLossError(
          absl::StrCat(dir, " has the marker of a store, but ", folder.rocksdb_dir(), " holds none"));
    }
    return folder;
  }

  const absl::StatusOr<bool> empty = IsEmpty(dir);
  if (!empty.ok()) return empty.status();
  if (!*empty) {
    return absl::FailedPreconditionError(absl::StrCat(dir, " is not empty and holds no staffroom store (no file ",
                                                      kMarkerName, "); nothing was touched"));
  }
  if (auto status = WriteMarker(dir, /*creating=*/true); !status.ok()) return status;
  return RocksDbFolder(dir, /*is_new=*/true);
}

std::string RocksDbFolder::rocksdb_dir() const { return PathOf(dir_, "rocksdb"); }

absl::Status RocksDbFolder::MarkWhole() {
  if (auto status = WriteMarker(dir_, /*creating=*/false); !status.ok()) return status;
  is_new_ = false;
  return absl::OkStatus();
}

absl::StatusOr<bool> RocksDbFolder::HasUnsyncedMark() const {
  std::error_code error;
  const bool exists = std::filesystem::exists(PathOf(dir_, kUnsyncedName), error);
  if (error) return FromError(error, absl::StrCat("looking for ", PathOf(dir_, kUnsyncedName)));
  return exists;
}

absl::Status RocksDbFolder::SetUnsyncedMark() const {
  if (auto status = WriteDurably(PathOf(dir_, kUnsyncedName), ""); !status.ok()) return status;
  return SyncFolder(dir_);
}

absl::Status RocksDbFolder::ClearUnsyncedMark() const {
  const std::string path = PathOf(dir_, kUnsyncedName);
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return absl::ErrnoToStatus(errno, absl::StrCat("removing ", path));
  return SyncFolder(dir_);
}

}  // namespace staffroom::storage
