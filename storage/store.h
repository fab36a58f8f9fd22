#ifndef STAFFROOM_STORAGE_STORE_H_
#define STAFFROOM_STORAGE_STORE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "storage/family.h"
#include "storage/write_batch.h"

// Ordered families of byte keys, written by atomic batches and read through snapshots. RocksDbStore keeps them on the disk,
// MemoryStore holds them for tests; one suite (tests/conformance/) holds both to what is written here.
// Keys compare as unsigned bytes. Any byte may stand in a key or a value; both may be empty, save that no key is shorter
// than its family's ScanPrefixBytes (key_range.h).
namespace staffroom::storage {

struct FamilyKey {
  Family family;
  std::string key;
};

// Walks one range of one family, in the order of the keys. Starts at its first entry. Not thread-safe.
// Must be destroyed before the snapshot it came from.
//
//   std::unique_ptr<Iterator> it = snapshot->Scan(Family::kIds, first, past_last);
//   for (; it->Valid(); it->Next()) Use(it->key(), it->value());
//   return it->status();  // an unreadable entry ends the walk early and is told only here
class Iterator {
 public:
  virtual ~Iterator() = default;
  virtual bool Valid() const = 0;
  virtual void Next() = 0;                      // REQUIRES: Valid()
  virtual absl::string_view key() const = 0;    // REQUIRES: Valid(); holds until Next()
  virtual absl::string_view value() const = 0;  // REQUIRES: Valid(); holds until Next()
  virtual absl::Status status() const = 0;      // OK, also at the end; DataLoss when bytes did not pass their checksum
};

// One moment of the store: later writes do not change what it reads. Thread-safe. Must be destroyed before its store.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  // The value, or none when the key is absent (which is no error).
  virtual absl::StatusOr<absl::optional<std::string>> Get(Family family, absl::string_view key) const = 0;
  // The values in the order of `keys`, each as Get would give it; one error fails them all.
  virtual absl::StatusOr<std::vector<absl::optional<std::string>>> MultiGet(absl::Span<const FamilyKey> keys) const = 0;
  // The entries of [first, past_last); an empty past_last means to the end of the family.
  virtual std::unique_ptr<Iterator> Scan(Family family, absl::string_view first, absl::string_view past_last) const = 0;
};

// Thread-safe.
class Store {
 public:
  virtual ~Store() = default;
  // All of the batch or nothing of it. When it returns OK the batch is visible to new snapshots and outlives a power cut,
  // unless the store was opened with relaxed sync. After an error the caller must not write again: whether the batch
  // is on the disk is known only after reopening.
  virtual absl::Status Write(const WriteBatch& batch) = 0;
  virtual std::unique_ptr<Snapshot> TakeSnapshot() const = 0;
  // Keys asked by Get and MultiGet and entries met by Scan, since the store was opened: shows that a path reads nothing.
  virtual int64_t reads() const = 0;
  // Bytes of all files of the store; 0 for one in memory.
  virtual int64_t bytes_on_disk() const = 0;
};

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_STORE_H_
