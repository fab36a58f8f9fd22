#ifndef STAFFROOM_STORAGE_INTERACTION_IO_H_
#define STAFFROOM_STORAGE_INTERACTION_IO_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "storage/keys.h"
#include "storage/records.pb.h"
#include "storage/store.h"
#include "storage/write_batch.h"

// Interactions: state kinds are edges, one record a key; event kinds are events, one record an occurrence.
// A tombstone (`deleted`) is an edge like another here: it is put, read, scanned and deleted the same way.
namespace staffroom::storage {

// Whether the kind is an event kind (from 32); else it is a state kind.
constexpr bool IsEventKind(InteractionKind kind) { return kind >= 32; }

EdgeName EdgeNameOf(const InteractionRecord& record);
EventName EventNameOf(const InteractionRecord& record);

// The record as an edge or an event, by its kind, with its entry in the index by target.
// REQUIRES: actor, kind, target_kind and target are set; for an event kind event_hash too.
// An event put over one with the same hash must have the same target.
void PutInteraction(WriteBatch* batch, const InteractionRecord& record);
// Reads nothing of `record` beyond what PutInteraction requires.
void DeleteInteraction(WriteBatch* batch, const InteractionRecord& record);

absl::StatusOr<absl::optional<InteractionRecord>> GetEdge(const Snapshot& snapshot, const EdgeName& name);
absl::StatusOr<absl::optional<InteractionRecord>> GetEvent(const Snapshot& snapshot, const EventName& name);

// What a multi-get of the caller's own found under EdgeKey(name), or under EventKey(name).
absl::StatusOr<InteractionRecord> DecodeEdge(const EdgeName& name, absl::string_view value);
absl::StatusOr<InteractionRecord> DecodeEvent(const EventName& name, absl::string_view value);

using InteractionVisitor = absl::FunctionRef<absl::Status(const InteractionRecord&)>;

// In the order of the keys: edges by actor, kind, target kind, target; events by actor, hash.
absl::Status ScanEdges(const Snapshot& snapshot, InteractionVisitor visit);
absl::Status ScanEvents(const Snapshot& snapshot, InteractionVisitor visit);
absl::Status ScanEdgesOfActor(const Snapshot& snapshot, uint32_t actor, InteractionVisitor visit);
absl::Status ScanEventsOfActor(const Snapshot& snapshot, uint32_t actor, InteractionVisitor visit);

// Who points at `target`: names from the index alone, by kind then actor, or by actor then hash.
// The record of a name is one GetEdge or GetEvent away.
absl::Status ScanEdgesToTarget(const Snapshot& snapshot, const Item& target,
                               absl::FunctionRef<absl::Status(const EdgeName&)> visit);
absl::Status ScanEdgesToTargetOfKind(const Snapshot& snapshot, const Item& target, InteractionKind kind,
                                     absl::FunctionRef<absl::Status(const EdgeName&)> visit);
absl::Status ScanEventsToTarget(const Snapshot& snapshot, const Item& target,
                                absl::FunctionRef<absl::Status(const EventName&)> visit);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_INTERACTION_IO_H_
