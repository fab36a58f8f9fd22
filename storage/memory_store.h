#ifndef STAFFROOM_STORAGE_MEMORY_STORE_H_
#define STAFFROOM_STORAGE_MEMORY_STORE_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "storage/annotated_mutex.h"
#include "storage/store.h"

namespace staffroom::storage {

// A Store in memory, for tests: right in everything that store.h says, but nothing outlives it.
// A snapshot shares the families' maps; a write copies a family's map first when a snapshot still holds it, which makes
// a write under a standing snapshot cost as much as the family is large.
class MemoryStore : public Store {
 public:
  MemoryStore();

  absl::Status Write(const WriteBatch& batch) override;
  std::unique_ptr<Snapshot> TakeSnapshot() const override;
  int64_t reads() const override { return reads_.load(std::memory_order_relaxed); }
  int64_t bytes_on_disk() const override { return 0; }

 private:
  class MapSnapshot;
  class MapIterator;
  using Entries = std::map<std::string, std::string>;  // std::string compares as unsigned bytes
  using Families = std::array<std::shared_ptr<Entries>, kFamilyCount>;

  mutable AnnotatedMutex mutex_;
  Families families_ ABSL_GUARDED_BY(mutex_);  // use counts change under the mutex only
  mutable std::atomic<int64_t> reads_{0};
};

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_MEMORY_STORE_H_
