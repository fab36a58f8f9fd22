#include "service/engine/purge_queue.h"

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/engine/engine_limits.h"
#include "storage/keys.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

void Append(const storage::Item& item, storage::Mutation::Purge* slice) {
  storage::Mutation::PurgedItem* const purged = slice->add_items();
  purged->set_kind(item.kind);
  purged->set_ordinal(item.ordinal);
}

}  // namespace

void PurgeQueue::Add(absl::Span<const storage::Item> items) {
  waiting_.insert(waiting_.end(), items.begin(), items.end());
}

storage::Mutation::Purge PurgeQueue::Take(absl::Time now) {
  storage::Mutation::Purge slice;
  if (!failed_.empty() && failed_.front().again <= now) {
    Append(failed_.front().item, &slice);
    failed_.pop_front();
    return slice;
  }
  for (; !waiting_.empty() && slice.items_size() < static_cast<int>(kPurgeItems); waiting_.pop_front()) {
    Append(waiting_.front(), &slice);
  }
  return slice;
}

void PurgeQueue::Failed(const storage::Mutation::Purge& slice, absl::Time now) {
  // Of several it is not known which one is damaged: each is tried alone, at once, and waits only when it fails again.
  const absl::Time again = slice.items_size() == 1 ? now + kPurgeRetry : now;
  for (const storage::Mutation::PurgedItem& purged : slice.items()) {
    const FailedItem failed{{purged.kind(), purged.ordinal()}, again};
    if (slice.items_size() == 1) {
      failed_.push_back(failed);
    } else {
      failed_.push_front(failed);
    }
  }
}

}  // namespace staffroom
