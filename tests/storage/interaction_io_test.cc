#include "storage/interaction_io.h"

#include <string>
#include <vector>

#include "storage/record_codec.h"
#include "tests/storage/io_fixture.h"

namespace staffroom::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;

using InteractionIo = IoFixture;

InteractionRecord Edge(uint32_t actor, InteractionKind kind, const Item& target) {
  InteractionRecord record;
  record.set_actor(actor);
  record.set_kind(kind);
  record.set_target_kind(target.kind);
  record.set_target(target.ordinal);
  return record;
}

InteractionRecord Event(uint32_t actor, InteractionKind kind, const Item& target, uint64_t hash) {
  InteractionRecord record = Edge(actor, kind, target);
  record.set_event_hash(hash);
  return record;
}

constexpr Item kAccount2 = {ITEM_ACCOUNT, 2};
constexpr Item kPost2 = {ITEM_POST, 2};

// The actors and hashes, or targets, of what a scan hands over.
std::vector<uint64_t> TargetsOf(const Snapshot& snapshot, uint32_t actor) {
  std::vector<uint64_t> targets;
  EXPECT_THAT(ScanEdgesOfActor(snapshot, actor,
                               [&](const InteractionRecord& record) {
                                 targets.push_back(record.target());
                                 return absl::OkStatus();
                               }),
              IsOk());
  return targets;
}

std::vector<EdgeName> EdgesTo(const Snapshot& snapshot, const Item& target) {
  std::vector<EdgeName> names;
  EXPECT_THAT(ScanEdgesToTarget(snapshot, target,
                                [&](const EdgeName& name) {
                                  names.push_back(name);
                                  return absl::OkStatus();
                                }),
              IsOk());
  return names;
}

std::vector<EdgeName> EdgesOfKindTo(const Snapshot& snapshot, const Item& target, InteractionKind kind) {
  std::vector<EdgeName> names;
  const auto take = [&](const EdgeName& name) {
    names.push_back(name);
    return absl::OkStatus();
  };
  EXPECT_THAT(ScanEdgesToTargetOfKind(snapshot, target, kind, take), IsOk());
  return names;
}

std::vector<EventName> EventsTo(const Snapshot& snapshot, const Item& target) {
  std::vector<EventName> names;
  EXPECT_THAT(ScanEventsToTarget(snapshot, target,
                                 [&](const EventName& name) {
                                   names.push_back(name);
                                   return absl::OkStatus();
                                 }),
              IsOk());
  return names;
}

TEST_F(InteractionIo, StateKindsStandOnceAKey) {
  auto older = Edge(1, SAVE, kPost2);
  older.set_collection("fractions");
  auto newer = Edge(1, SAVE, kPost2);
  newer.set_deleted(true);
  Write([&](WriteBatch* batch) { PutInteraction(batch, older); });
  Write([&](WriteBatch* batch) { PutInteraction(batch, newer); });
  EXPECT_THAT(GetEdge(Now(), EdgeNameOf(older)), IsOkAndHolds(Optional(EqualsRecord(newer))));
  EXPECT_EQ(EntriesIn(Family::kEdges), 1);
  EXPECT_EQ(EntriesIn(Family::kEdgesByTarget), 1);
}

TEST_F(InteractionIo, EventKindsStandOnceAnOccurrence) {
  const auto first = Event(1, READ, kPost2, 10);
  const auto second = Event(1, READ, kPost2, 11);
  Write([&](WriteBatch* batch) {
    PutInteraction(batch, first);
    PutInteraction(batch, second);
  });
  EXPECT_THAT(GetEvent(Now(), {.actor = 1, .event_hash = 10}), IsOkAndHolds(Optional(EqualsRecord(first))));
  EXPECT_THAT(GetEvent(Now(), {.actor = 1, .event_hash = 11}), IsOkAndHolds(Optional(EqualsRecord(second))));
  EXPECT_EQ(EntriesIn(Family::kEdges), 0);
}

TEST_F(InteractionIo, TheLastStateKindIsAnEdgeAndTheFirstEventKindAnEvent) {
  EXPECT_FALSE(IsEventKind(static_cast<InteractionKind>(31)));
  EXPECT_TRUE(IsEventKind(IMPRESSION));
  Write([](WriteBatch* batch) {
    PutInteraction(batch, Edge(1, MENTOR_ACCEPT, kAccount2));
    PutInteraction(batch, Event(1, IMPRESSION, kAccount2, 10));
  });
  EXPECT_EQ(EntriesIn(Family::kEdges), 1);
  EXPECT_EQ(EntriesIn(Family::kEvents), 1);
}

TEST_F(InteractionIo, KeepsKindsAndTargetKindsApart) {
  Write([](WriteBatch* batch) {
    PutInteraction(batch, Edge(1, FOLLOW, kAccount2));
    PutInteraction(batch, Edge(1, MUTE, kAccount2));
    PutInteraction(batch, Edge(1, LIKE, kPost2));
    PutInteraction(batch, Edge(1, LIKE, {ITEM_RESOURCE, 2}));
    DeleteInteraction(batch, Edge(1, LIKE, kPost2));
  });
  EXPECT_THAT(GetEdge(Now(), {1, FOLLOW, kAccount2}), IsOkAndHolds(Optional(EqualsRecord(Edge(1, FOLLOW, kAccount2)))));
  EXPECT_THAT(GetEdge(Now(), {1, MUTE, kAccount2}), IsOkAndHolds(Optional(EqualsRecord(Edge(1, MUTE, kAccount2)))));
  EXPECT_THAT(GetEdge(Now(), {1, LIKE, kPost2}), IsOkAndHolds(IsNone()));
  EXPECT_EQ(EntriesIn(Family::kEdges), 3);
  EXPECT_EQ(EntriesIn(Family::kEdgesByTarget), 3);
}

TEST_F(InteractionIo, DeletesLeaveNoEntryBehind) {
  const auto edge = Edge(1, FOLLOW, kAccount2);
  const auto event = Event(1, READ, kPost2, 10);
  Write([&](WriteBatch* batch) {
    PutInteraction(batch, edge);
    PutInteraction(batch, event);
  });
  EXPECT_EQ(EntriesInAll(), 4);
  Write([&](WriteBatch* batch) {
    DeleteInteraction(batch, edge);
    DeleteInteraction(batch, event);
  });
  EXPECT_EQ(EntriesInAll(), 0);
}

TEST_F(InteractionIo, AnswersWhomAnActorPointsAtAndWhoPointsAtATarget) {
  Write([](WriteBatch* batch) {
    for (const uint32_t target : {3u, 2u, 0x100u}) PutInteraction(batch, Edge(7, FOLLOW, {ITEM_ACCOUNT, target}));
    PutInteraction(batch, Edge(8, FOLLOW, kAccount2));
    PutInteraction(batch, Edge(6, SAVE, kPost2));
  });
  EXPECT_THAT(TargetsOf(Now(), 7), ElementsAre(2, 3, 0x100));
  EXPECT_THAT(TargetsOf(Now(), 9), IsEmpty());
  EXPECT_THAT(EdgesTo(Now(), kAccount2), ElementsAre(EdgeName{7, FOLLOW, kAccount2}, EdgeName{8, FOLLOW, kAccount2}));
  EXPECT_THAT(EdgesTo(Now(), kPost2), ElementsAre(EdgeName{6, SAVE, kPost2}));
  EXPECT_THAT(EdgesOfKindTo(Now(), kPost2, SAVE), ElementsAre(EdgeName{6, SAVE, kPost2}));
  EXPECT_THAT(EdgesOfKindTo(Now(), kPost2, LIKE), ElementsAre());
}

TEST_F(InteractionIo, AnswersWhatAnActorDidAndWhatHappenedToATarget) {
  Write([](WriteBatch* batch) {
    PutInteraction(batch, Event(7, READ, kPost2, 11));
    PutInteraction(batch, Event(7, CLICK, {ITEM_POST, 3}, 10));
    PutInteraction(batch, Event(5, READ, kPost2, 12));
  });
  std::vector<uint64_t> hashes;
  ASSERT_THAT(ScanEventsOfActor(Now(), 7,
                                [&](const InteractionRecord& record) {
                                  hashes.push_back(record.event_hash());
                                  return absl::OkStatus();
                                }),
              IsOk());
  EXPECT_THAT(hashes, ElementsAre(10, 11));
  EXPECT_THAT(EventsTo(Now(), kPost2), ElementsAre(EventName{5, 12}, EventName{7, 11}));
}

TEST_F(InteractionIo, RefusesARecordThatBelongsUnderAnotherKey) {
  const EdgeName name = {1, FOLLOW, {ITEM_ACCOUNT, 3}};
  PutBytes(Family::kEdges, EdgeKey(name), EncodeRecord(Edge(1, FOLLOW, kAccount2)));
  PutBytes(Family::kEvents, EventKey({1, 10}), EncodeRecord(Event(1, READ, kPost2, 11)));
  const auto ignore = [](const InteractionRecord&) { return absl::OkStatus(); };
  EXPECT_THAT(GetEdge(Now(), name), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("edges[00000001010100000003]")));
  EXPECT_THAT(ScanEdges(Now(), ignore), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ScanEvents(Now(), ignore),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("events[00000001000000000000000a]")));
}

}  // namespace
}  // namespace staffroom::storage
