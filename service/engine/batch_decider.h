#ifndef STAFFROOM_SERVICE_ENGINE_BATCH_DECIDER_H_
#define STAFFROOM_SERVICE_ENGINE_BATCH_DECIDER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/engine/change.h"
#include "service/engine/mutation_result.h"
#include "service/engine/overlay_snapshot.h"
#include "service/engine/view.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "storage/store.h"
#include "storage/write_batch.h"

namespace staffroom {

// Decides a batch of mutations one by one, in journal order, into one WriteBatch and the changes for the views.
//
// A decision is a pure function of the state before it and of the mutation: no wall clock, no randomness, nothing that
// differs between replicas. Each reads through the overlay, so it sees what earlier mutations of its batch decided.
// A refused mutation leaves nothing behind, whatever it had put before the refusal was found (a read may fail at any time);
// one that changes nothing (a duplicate, a stale one) leaves the memory of its request_id and nothing else.
// Not thread-safe; lives for one batch.
//
// The files: batch_decider.cc (order, request ids, ordinals), decide_items.cc, decide_interactions.cc, decide_purge.cc,
// decide_embedding.cc.
class BatchDecider {
 public:
  // How far forgetting has come, from one batch to the next; begins empty. See Prepare.
  struct Sweep {
    std::string requests_after, erased_ids_after;
  };

  BatchDecider(std::unique_ptr<storage::Snapshot> snapshot, const storage::Meta& meta, const DecisionReader* reader);

  // Once, before the first Decide: reads ahead, in one multi-get, the records that these mutations will ask for, and forgets
  // some of the request ids and erased ids that are too old (whether they are still there decides nothing).
  // An error is to be logged and costs nothing but speed: what could not be read is read again by the mutation that needs it.
  absl::Status Prepare(absl::Span<const storage::Mutation* const> mutations, Sweep* sweep);

  // `mutation_time` is clamped to never run backwards. A storage error (DATA_LOSS…) is that mutation's refusal.
  MutationResult Decide(const storage::Mutation& mutation);

  // Whether anything is to be written; the batch then holds the new Meta too.
  bool Finish();

  const storage::WriteBatch& batch() const { return batch_; }
  const std::vector<Change>& changes() const { return changes_; }
  const storage::Meta& meta() const { return meta_; }
  // Items whose purge this batch has made due, or has left unfinished.
  const std::vector<storage::Item>& purges() const { return purges_; }

 private:
  using Decision = absl::StatusOr<Outcome>;
  using ItemName = std::pair<int, std::string>;  // storage::ItemKind, id

  // Where the batch stands, to come back to.
  struct Mark {
    size_t operations, changes, purges;
    storage::Meta meta;
  };
  Mark MarkHere() const { return {batch_.operations().size(), changes_.size(), purges_.size(), meta_}; }
  void ReturnTo(const Mark& mark);
  void Remember(const storage::Mutation& mutation);

  Decision DecideBody(const storage::Mutation& mutation);
  Decision UpsertAccount(const storage::Mutation& mutation);
  Decision UpsertPost(const storage::Mutation& mutation);
  Decision UpsertResource(const storage::Mutation& mutation);
  Decision DeleteItem(const storage::Mutation::DeleteItem& body);
  Decision WriteInteraction(const storage::Mutation::WriteInteraction& body);
  Decision DeleteInteraction(const storage::Mutation::DeleteInteraction& body);
  Decision Purge(const storage::Mutation::Purge& body);
  Decision BeginEmbedding(const storage::Mutation::BeginEmbedding& body);
  Decision VectorsComputed(const storage::Mutation::VectorsComputed& body);
  Decision ModelInstalled(const storage::Mutation::ModelInstalled& body);
  Decision EndEmbedding(const storage::Mutation::EndEmbedding& body);
  Decision DropVectors(const storage::Mutation::DropVectors& body);

  Decision WriteState(storage::InteractionRecord record, bool has_time);
  Decision WriteEvent(const storage::InteractionRecord& record);
  Decision DeleteState(storage::InteractionRecord record, bool has_time);
  Decision DeleteEvent(const storage::InteractionRecord& record);
  absl::Status CheckCanBeJoined(const std::string& target_id) const;
  absl::Status CheckMentorCapacity(const storage::InteractionRecord& record);

  // What an id stands for. Missing ids become stubs when `create_stubs` (the stub is put at once; callers therefore ask
  // for everything that can be refused first, through Find), else NOT_FOUND.
  uint32_t Find(storage::ItemKind kind, absl::string_view id) const;
  absl::Status CheckKnown(storage::ItemKind kind, absl::string_view id, bool create_stubs) const;
  uint32_t FindOrStub(storage::ItemKind kind, absl::string_view id);
  absl::StatusOr<uint32_t> FindOrAllocate(storage::ItemKind kind, const std::string& id);
  uint32_t Allocate(storage::ItemKind kind, const std::string& id);

  void Put(const storage::AccountRecord& record);
  void Put(const storage::PostRecord& record, uint32_t author_before);
  void Put(const storage::ResourceRecord& record, uint32_t author_before);
  void Put(const storage::InteractionRecord& record, absl::optional<storage::InteractionRecord> before);
  void Erase(const storage::InteractionRecord& record);
  void ErasePost(const storage::PostRecord& record);
  // What a deletion leaves to be done and to be remembered of the item, whose record is gone.
  void Bury(storage::Item item, const std::string& id);
  absl::Status KeepReports(storage::Item item, uint32_t author);
  absl::StatusOr<absl::optional<storage::PostRecord>> ReadPostToReplace(const std::string& id);
  absl::Status PutVectors(storage::Item item, bool exists, bool keep, const storage::Mutation& mutation,
                          absl::Span<const std::string> mask,
                          absl::FunctionRef<std::vector<storage::TextField>()> unchanged);
  bool BringsServing(absl::Span<const storage::VectorRecord> brought) const;
  absl::Status KeepServing(storage::Item item, absl::Span<const storage::TextField> unchanged,
                           std::vector<storage::VectorRecord>* brought) const;

  absl::StatusOr<bool> TakeComputed(const storage::Mutation::ComputedItem& computed, bool replaces);
  absl::StatusOr<bool> DropForeign(storage::Item item);
  void SetModels(storage::Models models);
  absl::Status EndOperation(storage::OperationRecord end);
  absl::Status ForgetOperations();
  // Takes away what nothing asks for any more: what a write that was under way while the model changed has brought.
  void KeepWanted(storage::VectorRecord* vector) const;

  absl::StatusOr<std::vector<storage::VectorRecord>> ReadVectors(storage::Item item) const;

  absl::StatusOr<bool> Repeated(const storage::Mutation& mutation, MutationResult* first);
  int64_t now() const { return meta_.mutation_time; }

  storage::WriteBatch batch_;
  OverlaySnapshot snapshot_;
  storage::Meta meta_;
  const storage::Models models_before_;
  const DecisionReader& reader_;
  std::vector<Change> changes_;
  std::vector<storage::Item> purges_;
  void SetOrdinal(storage::ItemKind kind, const std::string& id, uint32_t ordinal);
  absl::flat_hash_map<ItemName, uint32_t> new_ids_;  // given, or erased (0), in this batch
  // What new_ids_ said before the mutation at hand, in the order of its changes; none: nothing.
  std::vector<std::pair<ItemName, absl::optional<uint32_t>>> new_ids_before_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_BATCH_DECIDER_H_
