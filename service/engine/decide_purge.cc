// The slow half of deletions, in slices: what an erased item did, what was done to it and, for an account, its posts; what it
// wrote or published of resources stays, without its name and out of sight. A slice is a mutation with a batch of its own, at most
// kPurgeChanges changes long, so that no reader waits for it; it takes as many items as fit. A purge stays on record until a
// slice finds nothing left, and goes on after a restart.
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
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

// Takes an erased account's name from its resource. Without the name nothing says any more that perhaps only some were to see
// it, so whoever runs the platform must say that it may be shown again.
void Disown(storage::ResourceRecord& record, uint32_t account) {
  if (record.author() == account) record.clear_author();
  if (record.publisher() == account) record.clear_publisher();
  if (record.author() != 0 || record.state() == storage::SUSPENDED) return;
  record.set_state(storage::UNDER_REVIEW);
}

absl::Status UnlessEnough(const absl::Status& status) { return absl::IsCancelled(status) ? absl::OkStatus() : status; }

// What a slice is going to change, gathered item by item before anything is put. An item may meet what another has gathered
// already (both ends of one follow are erased): it is taken once.
class Slice {
 public:
  struct Resource {
    storage::ResourceRecord record;
    uint32_t author_before = 0;
  };

  Slice(const storage::Snapshot& snapshot, const DecisionReader& reader) : snapshot_(snapshot), reader_(reader) {}

  absl::Status Gather(storage::Item item) {
    using Step = absl::Status (Slice::*)(storage::Item);
    static constexpr Step kSteps[] = {&Slice::GatherWhatItDid, &Slice::GatherWhatWasDoneToIt, &Slice::GatherPosts,
                                      &Slice::GatherResources};
    for (const Step step : kSteps) {
      if (full()) break;
      if (absl::Status status = (this->*step)(item); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  bool full() const { return size() >= kPurgeChanges; }
  const std::vector<storage::InteractionRecord>& interactions() const { return interactions_; }
  const std::vector<storage::PostRecord>& posts() const { return posts_; }
  const std::map<uint32_t, Resource>& resources() const { return resources_; }

 private:
  size_t size() const { return interactions_.size() + posts_.size() + resources_.size(); }

  absl::Status Take(const storage::InteractionRecord& record) {
    const bool is_event = storage::IsEventKind(record.kind());
    const std::string name = is_event ? storage::EventKey(storage::EventNameOf(record))  // 12 bytes, an edge's 10
                                      : storage::EdgeKey(storage::EdgeNameOf(record));
    if (taken_.insert(name).second) interactions_.push_back(record);
    return full() ? Enough() : absl::OkStatus();
  }
  absl::Status TakeFound(const absl::StatusOr<absl::optional<storage::InteractionRecord>>& found) {
    if (!found.ok()) return found.status();
    return found->has_value() ? Take(**found) : absl::OkStatus();
  }

  absl::Status GatherWhatItDid(storage::Item item) {
    if (item.kind != storage::ITEM_ACCOUNT) return absl::OkStatus();
    const auto take = [this](const storage::InteractionRecord& record) { return Take(record); };
    absl::Status status = UnlessEnough(storage::ScanEdgesOfActor(snapshot_, item.ordinal, take));
    if (!status.ok() || full()) return status;
    return UnlessEnough(storage::ScanEventsOfActor(snapshot_, item.ordinal, take));
  }

  absl::Status GatherWhatWasDoneToIt(storage::Item item) {
    const auto take_edge = [this](const storage::EdgeName& name) {
      return TakeFound(storage::GetEdge(snapshot_, name));
    };
    absl::Status status = UnlessEnough(storage::ScanEdgesToTarget(snapshot_, item, take_edge));
    if (!status.ok() || full()) return status;
    return UnlessEnough(storage::ScanEventsToTarget(snapshot_, item, [this](const storage::EventName& name) {
      return TakeFound(storage::GetEvent(snapshot_, name));
    }));
  }

  absl::Status GatherPosts(storage::Item item) {
    if (item.kind != storage::ITEM_ACCOUNT) return absl::OkStatus();
    const absl::StatusOr<std::vector<uint32_t>> ordinals =
        storage::PostsOf(snapshot_, item.ordinal, kPurgeChanges - size());
    if (!ordinals.ok()) return ordinals.status();
    for (const uint32_t ordinal : *ordinals) {
      const absl::StatusOr<absl::optional<storage::PostRecord>> post = storage::GetPost(snapshot_, ordinal);
      if (!post.ok()) return post.status();
      if (post->has_value()) posts_.push_back(**post);
    }
    return absl::OkStatus();
  }

  absl::Status GatherResources(storage::Item item) {
    if (item.kind != storage::ITEM_ACCOUNT) return absl::OkStatus();
    for (const ResourceOrdinal ordinal : reader_.ResourcesOf(AccountOrdinal(item.ordinal))) {
      if (full()) break;
      if (!resources_.contains(ordinal.value())) {
        absl::StatusOr<absl::optional<storage::ResourceRecord>> read = storage::GetResource(snapshot_, ordinal.value());
        if (!read.ok()) return read.status();
        if (!read->has_value()) continue;
        resources_[ordinal.value()] = {**read, (*read)->author()};
      }
      storage::ResourceRecord& record = resources_[ordinal.value()].record;
      Disown(record, item.ordinal);
    }
    return absl::OkStatus();
  }

  const storage::Snapshot& snapshot_;
  const DecisionReader& reader_;
  absl::flat_hash_set<std::string> taken_;
  std::vector<storage::InteractionRecord> interactions_;
  std::vector<storage::PostRecord> posts_;
  std::map<uint32_t, Resource> resources_;
};

}  // namespace

BatchDecider::Decision BatchDecider::Purge(const storage::Mutation::Purge& body) {
  Slice slice(snapshot_, reader_);
  for (const storage::Mutation::PurgedItem& purged : body.items()) {
    const storage::Item item{purged.kind(), purged.ordinal()};
    if (!slice.full()) {
      if (absl::Status status = slice.Gather(item); !status.ok()) return status;
    }
    if (slice.full()) {
      purges_.push_back(item);
    } else {
      storage::DeletePurge(&batch_, item);
    }
  }
  for (const storage::InteractionRecord& record : slice.interactions()) Erase(record);
  for (const storage::PostRecord& post : slice.posts()) {
    ErasePost(post);
    Bury({storage::ITEM_POST, post.ordinal()}, post.id());
  }
  for (const auto& [ordinal, resource] : slice.resources()) Put(resource.record, resource.author_before);
  return Outcome::kApplied;
}

}  // namespace staffroom
