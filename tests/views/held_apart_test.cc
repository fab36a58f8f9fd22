// What lies in whose way: the lists that requests walk and purges empty hold no more than these need.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <variant>
#include <vector>

#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "storage/write_batch.h"
#include "tests/views/told_views.h"

namespace staffroom {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const AccountOrdinal kAna(1), kBen(2);
const ResourceOrdinal kMap(1);

Change Edge(storage::InteractionKind kind, uint32_t actor, uint32_t target) {
  Change change = Did(actor, kind, target, 10);
  std::get<InteractionChanged>(change).record.set_target_kind(storage::ITEM_ACCOUNT);
  return change;
}

TEST(HeldApart, WhatWasOnAScreenIsNeitherAmongTheActsOfAnAccountNorAmongThoseOnAnItem) {
  ToldViews views;
  std::vector<Change> seen = {Account(1), Resource(1), Did(1, storage::LIKE, 1, 5)};
  for (int64_t i = 0; i < 300; ++i) {
    for (const storage::InteractionKind kind : {storage::IMPRESSION, storage::VIEW, storage::CLICK})
      seen.push_back(Did(1, kind, 1, 10 + i));
  }
  views.Apply(seen);
  views->Read([](const ReadView& view) {
    EXPECT_THAT(view.engagement.Of(kAna), SizeIs(1));
    EXPECT_THAT(view.engagement.ActorsOf(kMap), SizeIs(1));
    EXPECT_THAT(view.engagement.ImpressionsOf(kAna), SizeIs(300));
    EXPECT_THAT(view.engagement.LooksOf(kAna), SizeIs(600));
    EXPECT_EQ(view.engagement.size(), 901);
  });
}

TEST(HeldApart, ADismissalIsNobodysBusinessButTheActors) {
  ToldViews views;
  views.Apply({Account(1), Resource(1), Did(1, storage::DISMISS, 1, 5)});
  views->Read([](const ReadView& view) {
    EXPECT_THAT(view.engagement.Of(kAna), SizeIs(1));
    EXPECT_THAT(view.engagement.ActorsOf(kMap), IsEmpty());
  });
}

// Ben's every list has an entry; each purge of a thousand of them would otherwise move the rest a thousand times.
std::vector<Change> TiesOfBen() {
  std::vector<Change> ties;
  for (const storage::InteractionKind kind : {storage::FOLLOW, storage::BLOCK, storage::MUTE, storage::JOIN,
                                              storage::MENTOR_REQUEST, storage::MENTOR_ACCEPT, storage::REPLY}) {
    ties.push_back(Edge(kind, 1, 2));
    ties.push_back(Edge(kind, 2, 1));
  }
  ties.push_back(Did(2, storage::LIKE, 1, 10));
  ties.push_back(Did(2, storage::VIEW, 1, 10));
  ties.push_back(Did(2, storage::IMPRESSION, 1, 10));
  return ties;
}

void ExpectNothingOfBen(const ReadView& view) {
  const Graph& graph = view.graph;
  for (const auto list : {&Graph::Following, &Graph::Followers, &Graph::Blocking, &Graph::BlockedBy, &Graph::Muting,
                          &Graph::Joined, &Graph::Members, &Graph::RepliersTo, &Graph::RepliedTo})
    EXPECT_THAT((graph.*list)(kBen), IsEmpty());
  EXPECT_THAT(graph.Unfollowed(kBen), IsEmpty());
  EXPECT_THAT(graph.Mentees(kBen), IsEmpty());
  EXPECT_THAT(view.engagement.Of(kBen), IsEmpty());
  EXPECT_THAT(view.engagement.LooksOf(kBen), IsEmpty());
  EXPECT_THAT(view.engagement.ImpressionsOf(kBen), IsEmpty());
  EXPECT_THAT(view.engagement.ActorsOf(storage::ITEM_ACCOUNT, kBen.value()), IsEmpty());
}

TEST(AnErasedAccount, HasEmptyListsBeforeItsPurge) {
  ToldViews views;
  views.Apply({Account(1), Account(2), Resource(1)});
  views.Apply(TiesOfBen());
  views.Apply({AccountErased{kBen}});
  views->Read([](const ReadView& view) {
    ExpectNothingOfBen(view);
    EXPECT_THAT(view.graph.Following(kAna), SizeIs(1)) << "the other end waits for the purge";
    EXPECT_THAT(view.engagement.ActorsOf(kMap), SizeIs(1)) << "likewise";
  });
  for (const Change& tie : TiesOfBen()) views.Apply({InteractionErased{std::get<InteractionChanged>(tie).record}});
  views->Read([](const ReadView& view) {
    EXPECT_THAT(view.graph.Following(kAna), IsEmpty());
    EXPECT_THAT(view.engagement.ActorsOf(kMap), IsEmpty());
    EXPECT_EQ(view.graph.edge_count(), 0);
    EXPECT_EQ(view.graph.follow_count(), 0);
    EXPECT_EQ(view.engagement.size(), 0);
  });
}

TEST(AnErasedAccount, HasEmptyListsAfterALoadToo) {
  storage::MemoryStore store;
  storage::WriteBatch batch;
  storage::AccountRecord ana;
  ana.set_ordinal(1);
  ana.set_id("ana");
  storage::PutAccount(&batch, ana);
  for (const Change& tie : TiesOfBen()) storage::PutInteraction(&batch, std::get<InteractionChanged>(tie).record);
  storage::PutPurge(&batch, {storage::ITEM_ACCOUNT, 2}, 1);
  ASSERT_TRUE(store.Write(batch).ok());
  ToldViews views;
  ASSERT_TRUE(views->Load(*store.TakeSnapshot(), 1).ok());
  views->Read([](const ReadView& view) {
    ExpectNothingOfBen(view);
    EXPECT_THAT(view.graph.Following(kAna), SizeIs(1));
  });
}

TEST(AnErasedPost, KeepsNobodyInItsListAndItsAuthorNoReplier) {
  ToldViews views;
  Change reply = Did(2, storage::REPLY, 1, 10);
  std::get<InteractionChanged>(reply).record.set_target_kind(storage::ITEM_POST);
  views.Apply({Account(1), Account(2), Post(1, 1), reply});
  views->Read([](const ReadView& view) { EXPECT_THAT(view.graph.RepliersTo(kAna), SizeIs(1)); });
  views.Apply({PostErased{PostOrdinal(1), kAna}});
  views->Read([](const ReadView& view) {
    EXPECT_THAT(view.graph.RepliersTo(kAna), IsEmpty());
    EXPECT_THAT(view.engagement.ActorsOf(PostOrdinal(1)), IsEmpty());
  });
}

}  // namespace
}  // namespace staffroom
