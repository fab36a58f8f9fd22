// The Store on the disk: RocksDB with one column family for each Family.
//
// The folder it is given looks like this, and other parts may keep folders of their own beside these:
//
//   STAFFROOM  the marker: one line, "staffroom store 1", and " (creating)" until the store first stood whole
//   rocksdb/   RocksDB's own
//   UNSYNCED   there while a store that was opened with relaxed sync has not been closed: after a crash its last
//              writes may be lost, and whoever opens it next must take a new epoch
//
// The marker is written before anything else and read before anything is touched, so that a wrong --data_dir costs nothing:
// a folder with something in it and no marker is not ours. The number is that of this layout; the format of keys and
// records is kept inside, under meta's "format", because a backup of rocksdb/ has no marker.
#ifndef STAFFROOM_STORAGE_ROCKSDB_STORE_H_
#define STAFFROOM_STORAGE_ROCKSDB_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/store.h"

namespace staffroom::storage {

class RocksDbStore : public Store {
 public:
  struct Options {
    std::string dir;  // created, with its parents, when missing
    // Writes return before they are on the disk: many times as fast, but a power cut loses the last of them.
    bool relaxed_sync = false;
    size_t block_cache_bytes = size_t{256} << 20;   // shared by all families; indexes and filters live in it too
    size_t write_buffer_bytes = size_t{128} << 20;  // of all families together
    int background_threads = 2;                     // flushes and compactions
  };

  // FailedPrecondition: the folder holds something that is not a store of ours, or a newer one, or is open already
  // (nothing of it was touched). DataLoss: the store is ours but damaged, as when its log is damaged before its end: what
  // follows the damage was acknowledged, so nothing is dropped in silence (a tail that was cut off is, being unanswered;
  // after a relaxed owner that did not close, all from the damage on is). Else the file system's error.
  static absl::StatusOr<std::unique_ptr<RocksDbStore>> Open(const Options& options);

  // REQUIRES: no snapshot is left. Makes everything durable and gives the folder free.
  ~RocksDbStore() override;

  absl::Status Write(const WriteBatch& batch) override;
  std::unique_ptr<Snapshot> TakeSnapshot() const override;
  int64_t reads() const override;
  int64_t bytes_on_disk() const override;

  // Whether the last owner had relaxed sync and did not close the store, so that its last writes may be missing.
  bool may_have_lost_writes() const;

 private:
  struct Database;
  class DatabaseSnapshot;
  class DatabaseIterator;
  explicit RocksDbStore(std::unique_ptr<Database> database);

  const std::unique_ptr<Database> database_;
};

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_ROCKSDB_STORE_H_
