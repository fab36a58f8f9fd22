#include "storage/interaction_io.h"

#include <cassert>
#include <utility>

#include "storage/corrupt_bytes.h"
#include "storage/key_range.h"
#include "storage/record_codec.h"
#include "storage/scan.h"

namespace staffroom::storage {
namespace {

Item TargetOf(const InteractionRecord& record) { return {record.target_kind(), record.target()}; }

std::string EventTargetEntry(const InteractionRecord& record) {
  return EventByTargetKey({.target = TargetOf(record), .event = EventNameOf(record)});
}

// Edges and events differ in three things: the family, how a key reads, and what the record calls itself.
struct EdgeShape {
  static constexpr Family kFamily = Family::kEdges;
  static auto Parse(absl::string_view key) { return ParseEdgeKey(key); }
  static auto NameOf(const InteractionRecord& record) { return EdgeNameOf(record); }
};
struct EventShape {
  static constexpr Family kFamily = Family::kEvents;
  static auto Parse(absl::string_view key) { return ParseEventKey(key); }
  static auto NameOf(const InteractionRecord& record) { return EventNameOf(record); }
};

template <typename Shape>
absl::Status Decode(absl::string_view key, absl::string_view value, InteractionRecord* record) {
  const auto name = Shape::Parse(key);
  if (!name.ok()) return name.status();
  if (auto status = DecodeRecord(Shape::kFamily, key, value, record); !status.ok()) return status;
  if (Shape::NameOf(*record) == *name) return absl::OkStatus();
  return CorruptBytes(Shape::kFamily, key, "the record belongs under another key");
}

template <typename Shape>
absl::StatusOr<absl::optional<InteractionRecord>> Get(const Snapshot& snapshot, absl::string_view key) {
  const auto value = snapshot.Get(Shape::kFamily, key);
  if (!value.ok()) return value.status();
  absl::optional<InteractionRecord> record;
  if (!value->has_value()) return record;
  if (auto status = Decode<Shape>(key, **value, &record.emplace()); !status.ok()) return status;
  return record;
}

template <typename Shape>
absl::Status Scan(const Snapshot& snapshot, const KeyRange& range, InteractionVisitor visit) {
  InteractionRecord record;
  return ScanEntries(snapshot, Shape::kFamily, range, [&](absl::string_view key, absl::string_view value) {
    if (auto status = Decode<Shape>(key, value, &record); !status.ok()) return status;
    return visit(record);
  });
}

absl::Status ScanEdgeNames(const Snapshot& snapshot, const KeyRange& range,
                           absl::FunctionRef<absl::Status(const EdgeName&)> visit) {
  return ScanEntries(snapshot, Family::kEdgesByTarget, range, [&](absl::string_view key, absl::string_view) {
    const absl::StatusOr<EdgeName> name = ParseEdgeByTargetKey(key);
    return name.ok() ? visit(*name) : name.status();
  });
}

}  // namespace

EdgeName EdgeNameOf(const InteractionRecord& record) { return {record.actor(), record.kind(), TargetOf(record)}; }

EventName EventNameOf(const InteractionRecord& record) { return {record.actor(), record.event_hash()}; }

void PutInteraction(WriteBatch* batch, const InteractionRecord& record) {
  assert(record.actor() != 0 && record.target() != 0 && record.kind() != INTERACTION_KIND_UNSPECIFIED);
  if (IsEventKind(record.kind())) {
    batch->Put(Family::kEvents, EventKey(EventNameOf(record)), EncodeRecord(record));
    batch->Put(Family::kEventsByTarget, EventTargetEntry(record), "");
  } else {
    batch->Put(Family::kEdges, EdgeKey(EdgeNameOf(record)), EncodeRecord(record));
    batch->Put(Family::kEdgesByTarget, EdgeByTargetKey(EdgeNameOf(record)), "");
  }
}

void DeleteInteraction(WriteBatch* batch, const InteractionRecord& record) {
  if (IsEventKind(record.kind())) {
    batch->Delete(Family::kEvents, EventKey(EventNameOf(record)));
    batch->Delete(Family::kEventsByTarget, EventTargetEntry(record));
  } else {
    batch->Delete(Family::kEdges, EdgeKey(EdgeNameOf(record)));
    batch->Delete(Family::kEdgesByTarget, EdgeByTargetKey(EdgeNameOf(record)));
  }
}

absl::StatusOr<absl::optional<InteractionRecord>> GetEdge(const Snapshot& snapshot, const EdgeName& name) {
  return Get<EdgeShape>(snapshot, EdgeKey(name));
}

absl::StatusOr<absl::optional<InteractionRecord>> GetEvent(const Snapshot& snapshot, const EventName& name) {
  return Get<EventShape>(snapshot, EventKey(name));
}

absl::StatusOr<InteractionRecord> DecodeEdge(const EdgeName& name, absl::string_view value) {
  InteractionRecord record;
  if (auto status = Decode<EdgeShape>(EdgeKey(name), value, &record); !status.ok()) return status;
  return record;
}

absl::StatusOr<InteractionRecord> DecodeEvent(const EventName& name, absl::string_view value) {
  InteractionRecord record;
  if (auto status = Decode<EventShape>(EventKey(name), value, &record); !status.ok()) return status;
  return record;
}

absl::Status ScanEdges(const Snapshot& snapshot, InteractionVisitor visit) {
  return Scan<EdgeShape>(snapshot, KeyRange{}, visit);
}

absl::Status ScanEvents(const Snapshot& snapshot, InteractionVisitor visit) {
  return Scan<EventShape>(snapshot, KeyRange{}, visit);
}

absl::Status ScanEdgesOfActor(const Snapshot& snapshot, uint32_t actor, InteractionVisitor visit) {
  return Scan<EdgeShape>(snapshot, EdgesOfActor(actor), visit);
}

absl::Status ScanEventsOfActor(const Snapshot& snapshot, uint32_t actor, InteractionVisitor visit) {
  return Scan<EventShape>(snapshot, EventsOfActor(actor), visit);
}

absl::Status ScanEdgesToTarget(const Snapshot& snapshot, const Item& target,
                               absl::FunctionRef<absl::Status(const EdgeName&)> visit) {
  return ScanEdgeNames(snapshot, EdgesToTarget(target), visit);
}

absl::Status ScanEdgesToTargetOfKind(const Snapshot& snapshot, const Item& target, InteractionKind kind,
                                     absl::FunctionRef<absl::Status(const EdgeName&)> visit) {
  return ScanEdgeNames(snapshot, EdgesToTargetOfKind(target, kind), visit);
}

absl::Status ScanEventsToTarget(const Snapshot& snapshot, const Item& target,
                                absl::FunctionRef<absl::Status(const EventName&)> visit) {
  return ScanEntries(snapshot, Family::kEventsByTarget, EventsToTarget(target),
                     [&](absl::string_view key, absl::string_view) {
                       const absl::StatusOr<TargetedEventName> name = ParseEventByTargetKey(key);
                       return name.ok() ? visit(name->event) : name.status();
                     });
}

}  // namespace staffroom::storage
