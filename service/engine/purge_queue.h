#ifndef STAFFROOM_SERVICE_ENGINE_PURGE_QUEUE_H_
#define STAFFROOM_SERVICE_ENGINE_PURGE_QUEUE_H_

#include <deque>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/keys.h"
#include "storage/records.pb.h"

namespace staffroom {

// Erased items whose slow half is not finished, in the order of their slices. Not thread-safe.
//
// Items share slices. When a slice cannot be decided (a record of one of its items cannot be read) each of its items is tried
// again alone, and one that fails alone waits for kPurgeRetry, so that a damaged record holds up nobody else's erasure.
class PurgeQueue {
 public:
  void Add(absl::Span<const storage::Item> items);
  void Add(storage::Item item) { waiting_.push_back(item); }

  // Whether a slice can be taken at `now`.
  bool IsDue(absl::Time now) const { return !waiting_.empty() || (!failed_.empty() && failed_.front().again <= now); }
  bool empty() const { return waiting_.empty() && failed_.empty(); }

  // The items of the next slice, which are in the queue no longer. REQUIRES: IsDue(now).
  storage::Mutation::Purge Take(absl::Time now);

  // The slice that was taken could not be decided.
  void Failed(const storage::Mutation::Purge& slice, absl::Time now);

 private:
  struct FailedItem {
    storage::Item item;
    absl::Time again;
  };
  std::deque<storage::Item> waiting_;
  std::deque<FailedItem> failed_;  // by rising time
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_PURGE_QUEUE_H_
