#ifndef STAFFROOM_STORAGE_ROCKSDB_FOLDER_H_
#define STAFFROOM_STORAGE_ROCKSDB_FOLDER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// The folder around RocksDB, as rocksdb_store.h describes it. Not thread-safe, and only under RocksDB's lock free of races
// with another process; before that lock it reads only, save that a missing or empty folder gets its marker.
namespace staffroom::storage {

class RocksDbFolder {
 public:
  // Looks at `dir`, which is made when missing. FailedPrecondition when it is not ours, or of a newer layout;
  // DataLoss when the marker says that a store stands there and none does.
  static absl::StatusOr<RocksDbFolder> Prepare(const std::string& dir);

  std::string rocksdb_dir() const;
  // Whether the store has yet to be made.
  bool is_new() const { return is_new_; }
  // Says in the marker that the store stands whole.
  absl::Status MarkWhole();

  absl::StatusOr<bool> HasUnsyncedMark() const;
  absl::Status SetUnsyncedMark() const;
  absl::Status ClearUnsyncedMark() const;

 private:
  RocksDbFolder(std::string dir, bool is_new) : dir_(std::move(dir)), is_new_(is_new) {}

  std::string dir_;
  bool is_new_;
};

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_ROCKSDB_FOLDER_H_
