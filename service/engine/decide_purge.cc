// The slow half of a deletion, in slices: what the erased item did, what was done to it and, for an account, its posts.
// A slice is a mutation with a batch of its own, at most kPurgeChanges changes long, so that no reader waits for it; the
// purge stays on record until a slice finds nothing left, and goes on after a restart.
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "service/engine/batch_decider.h"
#include "service/engine/engine_limits.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

// Ends a scan that has met enough; never leaves this file.
absl::Status Enough() { return absl::CancelledError("enough for one slice"); }

absl::Status UnlessEnough(const absl::Status& status) { return absl::IsCancelled(status) ? absl::OkStatus() : status; }

// Gathers the interactions of a slice: the store beneath the overlay may only be scanned while the batch is empty.
class SliceOfInteractions {
 public:
  SliceOfInteractions(const storage::Snapshot& snapshot, storage::Item item) : snapshot_(snapshot), item_(item) {}

  absl::Status Gather() {
    if (item_.kind == storage::ITEM_ACCOUNT) {
      const auto take = [this](const storage::InteractionRecord& record) { return Take(record); };
      absl::Status status = UnlessEnough(storage::ScanEdgesOfActor(snapshot_, item_.ordinal, take));
      if (status.ok() && !full()) status = UnlessEnough(storage::ScanEventsOfActor(snapshot_, item_.ordinal, take));
      if (!status.ok() || full()) return status;
    }
    absl::Status status =
        UnlessEnough(storage::ScanEdgesToTarget(snapshot_, item_, [this](const storage::EdgeName& name) {
          return TakeFound(storage::GetEdge(snapshot_, name));
        }));
    if (!status.ok() || full()) return status;
    return UnlessEnough(storage::ScanEventsToTarget(snapshot_, item_, [this](const storage::EventName& name) {
      return TakeFound(storage::GetEvent(snapshot_, name));
    }));
  }

  bool full() const { return records_.size() >= kPurgeChanges; }
  const std::vector<storage::InteractionRecord>& records() const { return records_; }

 private:
  absl::Status Take(const storage::InteractionRecord& record) {
    records_.push_back(record);
    return full() ? Enough() : absl::OkStatus();
  }

  absl::Status TakeFound(const absl::StatusOr<absl::optional<storage::InteractionRecord>>& found) {
    if (!found.ok()) return found.status();
    // An account's own act towards itself was met from the other side already.
    const bool own = found->has_value() && item_.kind == storage::ITEM_ACCOUNT && (*found)->actor() == item_.ordinal;
    return found->has_value() && !own ? Take(**found) : absl::OkStatus();
  }

  const storage::Snapshot& snapshot_;
  const storage::Item item_;
  std::vector<storage::InteractionRecord> records_;
};

}  // namespace

BatchDecider::Decision BatchDecider::Purge(const storage::Mutation::Purge& body) {
  const storage::Item item{body.kind(), body.ordinal()};
  SliceOfInteractions slice(snapshot_, item);
  if (absl::Status status = slice.Gather(); !status.ok()) return status;
  std::vector<storage::PostRecord> posts;
  if (item.kind == storage::ITEM_ACCOUNT && !slice.full()) {
    const absl::StatusOr<std::vector<uint32_t>> ordinals =
        storage::PostsOf(snapshot_, item.ordinal, kPurgeChanges - slice.records().size());
    if (!ordinals.ok()) return ordinals.status();
    for (const uint32_t ordinal : *ordinals) {
      const absl::StatusOr<absl::optional<storage::PostRecord>> post = storage::GetPost(snapshot_, ordinal);
      if (!post.ok()) return post.status();
      if (post->has_value()) posts.push_back(**post);
    }
  }
  for (const storage::InteractionRecord& record : slice.records()) Erase(record);
  for (const storage::PostRecord& post : posts) {
    const storage::Item post_item{storage::ITEM_POST, post.ordinal()};
    ErasePost(post);
    storage::DeleteVectors(&batch_, post_item);
    storage::PutPurge(&batch_, post_item, now());
    purges_.push_back(post_item);
  }
  if (slice.records().size() + posts.size() < kPurgeChanges) {
    storage::DeletePurge(&batch_, item);
  } else {
    purges_.push_back(item);
  }
  return Outcome::kApplied;
}

}  // namespace staffroom
