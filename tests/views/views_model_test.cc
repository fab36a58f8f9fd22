// What the views say, against the plainest reading of the records: sets and loops, no ordinals kept, nothing updated in place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/views/read_view.h"
#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "tests/engine/running_engine.h"
#include "tests/support/hand_clock.h"
#include "tests/support/random_journal.h"

namespace staffroom {
namespace {

// The records of a store, and what follows from them.
class NaiveWorld {
 public:
  explicit NaiveWorld(const storage::Snapshot& snapshot) {
    Must(storage::ScanAccounts(snapshot, [this](const storage::AccountRecord& record) {
      accounts_[record.ordinal()] = record;
      return absl::OkStatus();
    }));
    Must(storage::ScanPosts(snapshot, [this](const storage::PostRecord& record) {
      posts_[record.ordinal()] = record;
      return absl::OkStatus();
    }));
    Must(storage::ScanResources(snapshot, [this](const storage::ResourceRecord& record) {
      resources_[record.ordinal()] = record;
      return absl::OkStatus();
    }));
    const auto take = [this](const storage::InteractionRecord& record) {
      (record.deleted() ? tombstones_ : interactions_).push_back(record);
      return absl::OkStatus();
    };
    Must(storage::ScanEdges(snapshot, take));
    Must(storage::ScanEvents(snapshot, take));
  }

  const std::map<uint32_t, storage::AccountRecord>& accounts() const { return accounts_; }
  const std::map<uint32_t, storage::PostRecord>& posts() const { return posts_; }
  const std::map<uint32_t, storage::ResourceRecord>& resources() const { return resources_; }
  bool Knows(AccountOrdinal account) const { return accounts_.count(account.value()) > 0; }

  static bool Quiet(const storage::AccountRecord& record) {
    return record.exposure() == storage::NOBODY && record.follows_visibility() == storage::HIDDEN;
  }

  // Whether its follows and being followed count.
  static bool Counts(const storage::AccountRecord& record) {
    return !record.stub() && record.state() != storage::SUSPENDED && !Quiet(record);
  }

  uint32_t FollowerCount(uint32_t account, bool organic) const {
    return static_cast<uint32_t>(std::count_if(interactions_.begin(), interactions_.end(), [&](const auto& record) {
      return record.kind() == storage::FOLLOW && record.target() == account && record.actor() != account &&
             Counts(accounts_.at(record.actor())) && !(organic && record.attributed());
    }));
  }

  uint32_t FollowingCount(uint32_t account) const {
    return static_cast<uint32_t>(std::count_if(interactions_.begin(), interactions_.end(), [&](const auto& record) {
      return record.kind() == storage::FOLLOW && record.actor() == account && record.target() != account &&
             Counts(accounts_.at(record.target()));
    }));
  }

  // How many people made use of an item; `organic`: not only because one of our lists led there.
  uint32_t UserCount(storage::ItemKind kind, uint32_t item, bool organic) const {
    static const std::set<int> kCounted = {storage::LIKE, storage::SAVE, storage::READ, storage::SHARE, storage::REPLY};
    std::set<uint32_t> people;
    for (const storage::InteractionRecord& record : interactions_) {
      const storage::AccountRecord& actor = accounts_.at(record.actor());
      if (record.target_kind() == kind && record.target() == item && kCounted.count(record.kind()) > 0 &&
          Counts(actor) && actor.profiling() != storage::OFF && !(organic && record.attributed()))
        people.insert(record.actor());
    }
    return static_cast<uint32_t>(people.size());
  }

  // (actor, kind) of what says use, and of reports.
  std::multiset<std::pair<uint32_t, int>> ActorsOf(storage::ItemKind kind, uint32_t item) const {
    static const std::set<int> kHeld = {storage::LIKE,  storage::SAVE,  storage::READ,
                                        storage::SHARE, storage::REPLY, storage::REPORT};
    std::multiset<std::pair<uint32_t, int>> actors;
    for (const storage::InteractionRecord& record : interactions_) {
      if (record.target_kind() == kind && record.target() == item && kHeld.count(record.kind()) > 0)
        actors.emplace(record.actor(), record.kind());
    }
    return actors;
  }

  // By create time, then id.
  std::vector<uint32_t> PostsBy(uint32_t author) const {
    std::vector<const storage::PostRecord*> posts;
    for (const auto& [ordinal, record] : posts_) {
      if (!record.stub() && record.author() == author) posts.push_back(&record);
    }
    std::sort(posts.begin(), posts.end(), [](const auto* a, const auto* b) {
      return std::make_pair(a->create_time() / 1'000'000, a->id()) <
             std::make_pair(b->create_time() / 1'000'000, b->id());
    });
    std::vector<uint32_t> ordinals;
    for (const storage::PostRecord* post : posts) ordinals.push_back(post->ordinal());
    return ordinals;
  }

  // What one account did to others, by the second of the event; `undone`: tombstones of it.
  std::multiset<std::pair<uint32_t, uint32_t>> Timed(uint32_t actor, storage::InteractionKind kind, bool undone) const {
    std::multiset<std::pair<uint32_t, uint32_t>> timed;
    for (const storage::InteractionRecord& record : undone ? tombstones_ : interactions_) {
      if (record.kind() == kind && record.actor() == actor)
        timed.emplace(record.target(), static_cast<uint32_t>(record.event_time() / 1'000'000));
    }
    return timed;
  }

  // Pairs (from, to), as often as something says so.
  std::multiset<std::pair<uint32_t, uint32_t>> Blocks() const { return Pairs({storage::BLOCK, storage::REPORT}); }
  std::multiset<std::pair<uint32_t, uint32_t>> Replies() const { return Pairs({storage::REPLY}); }
  std::multiset<std::pair<uint32_t, uint32_t>> Follows() const { return Pairs({storage::FOLLOW}); }
  std::multiset<std::pair<uint32_t, uint32_t>> Mutes() const { return Pairs({storage::MUTE}); }
  std::multiset<std::pair<uint32_t, uint32_t>> Joins() const { return Pairs({storage::JOIN}); }

 private:
  static void Must(const absl::Status& status) { ASSERT_TRUE(status.ok()) << status; }

  uint32_t AuthorOf(const storage::InteractionRecord& record) const {
    if (record.target_kind() == storage::ITEM_ACCOUNT) return record.target();
    if (record.target_kind() == storage::ITEM_POST) return posts_.at(record.target()).author();
    return resources_.at(record.target()).author();
  }

  std::multiset<std::pair<uint32_t, uint32_t>> Pairs(const std::set<int>& kinds) const {
    std::multiset<std::pair<uint32_t, uint32_t>> pairs;
    for (const storage::InteractionRecord& record : interactions_) {
      if (kinds.count(record.kind()) == 0) continue;
      const uint32_t to = AuthorOf(record);
      if (accounts_.count(to) > 0 && to != record.actor()) pairs.emplace(record.actor(), to);
    }
    return pairs;
  }

  std::map<uint32_t, storage::AccountRecord> accounts_;
  std::map<uint32_t, storage::PostRecord> posts_;
  std::map<uint32_t, storage::ResourceRecord> resources_;
  std::vector<storage::InteractionRecord> interactions_, tombstones_;
};

// Every edge that a span of the graph says, over all accounts: from the account, or `reversed` to it.
using Edges = std::multiset<std::pair<uint32_t, uint32_t>>;
Edges EdgesIn(const NaiveWorld& world, const Graph& graph,
              absl::Span<const AccountOrdinal> (Graph::*span)(AccountOrdinal) const, bool reversed = false) {
  Edges edges;
  for (const auto& [ordinal, record] : world.accounts()) {
    for (const AccountOrdinal other : (graph.*span)(AccountOrdinal(ordinal))) {
      if (!world.Knows(other)) continue;  // erased, and the edges from it with it
      edges.emplace(reversed ? other.value() : ordinal, reversed ? ordinal : other.value());
    }
  }
  return edges;
}

void ExpectSameEdges(const NaiveWorld& world, const Graph& graph) {
  EXPECT_EQ(EdgesIn(world, graph, &Graph::Blocking), world.Blocks());
  EXPECT_EQ(EdgesIn(world, graph, &Graph::BlockedBy, true), world.Blocks());
  EXPECT_EQ(EdgesIn(world, graph, &Graph::RepliedTo), world.Replies());
  EXPECT_EQ(EdgesIn(world, graph, &Graph::RepliersTo, true), world.Replies());
  EXPECT_EQ(EdgesIn(world, graph, &Graph::Following), world.Follows());
  EXPECT_EQ(EdgesIn(world, graph, &Graph::Followers, true), world.Follows());
  EXPECT_EQ(EdgesIn(world, graph, &Graph::Muting), world.Mutes());
  EXPECT_EQ(EdgesIn(world, graph, &Graph::Joined), world.Joins());
  EXPECT_EQ(EdgesIn(world, graph, &Graph::Members, true), world.Joins());
}

void ExpectSameAccounts(const NaiveWorld& world, const ReadView& view) {
  for (const auto& [ordinal, record] : world.accounts()) {
    const AccountOrdinal account(ordinal);
    EXPECT_EQ(view.catalog.account(account).id.view(), record.id());
    EXPECT_EQ(view.catalog.account(account).quiet(), NaiveWorld::Quiet(record));
    EXPECT_EQ(view.graph.FollowerCount(account), world.FollowerCount(ordinal, false)) << record.id();
    EXPECT_EQ(view.graph.OrganicFollowerCount(account), world.FollowerCount(ordinal, true)) << record.id();
    EXPECT_EQ(view.graph.FollowingCount(account), world.FollowingCount(ordinal)) << record.id();
    Edges unfollowed, mentees;
    for (const TimedAccount other : view.graph.Unfollowed(account))
      unfollowed.emplace(other.account.value(), other.time_s);
    for (const TimedAccount other : view.graph.Mentees(account)) mentees.emplace(other.account.value(), other.time_s);
    EXPECT_EQ(unfollowed, world.Timed(ordinal, storage::FOLLOW, true)) << record.id();
    EXPECT_EQ(mentees, world.Timed(ordinal, storage::MENTOR_ACCEPT, false)) << record.id();
    std::vector<uint32_t> posts;
    for (const PostOrdinal post : view.catalog.PostsBy(account)) posts.push_back(post.value());
    EXPECT_EQ(posts, world.PostsBy(ordinal)) << record.id();
  }
}

void ExpectSameUse(const NaiveWorld& world, const ReadView& view, storage::ItemKind kind, uint32_t ordinal) {
  EXPECT_EQ(view.engagement.OrganicUsers(kind, ordinal), world.UserCount(kind, ordinal, true));
  EXPECT_EQ(view.engagement.Users(kind, ordinal), world.UserCount(kind, ordinal, false));
  std::multiset<std::pair<uint32_t, int>> actors;
  for (const ItemActor act : view.engagement.ActorsOf(kind, ordinal)) actors.emplace(act.actor().value(), act.kind());
  EXPECT_EQ(actors, world.ActorsOf(kind, ordinal));
}

// The journal's mutation, in which now and then one of our lists led to the act, or the account is suspended.
storage::Mutation Varied(storage::Mutation mutation, std::mt19937* random) {
  if (mutation.has_write_interaction())
    mutation.mutable_write_interaction()->mutable_record()->set_attributed((*random)() % 4 == 0);
  if (mutation.has_upsert_account() && mutation.upsert_account().mask_size() == 0)
    mutation.mutable_upsert_account()->mutable_record()->set_state((*random)() % 6 == 0 ? storage::SUSPENDED
                                                                                        : storage::ACTIVE);
  return mutation;
}

class ViewsModel : public ::testing::TestWithParam<uint32_t> {};

TEST_P(ViewsModel, SayWhatTheRecordsSay) {
  HandClock clock;
  storage::MemoryStore store;
  RunningEngine engine(&store, &clock);
  RandomJournal journal(GetParam());
  std::mt19937 random(GetParam());
  for (int round = 0; round < 8; ++round) {
    std::vector<storage::Mutation> mutations;
    for (int i = 0; i < 60; ++i) mutations.push_back(Varied(journal.Next(), &random));
    engine.DoTogether(std::move(mutations));
    engine.FinishPurges();
    const NaiveWorld world(*store.TakeSnapshot());
    engine.Read([&](const ReadView& view) {
      ExpectSameEdges(world, view.graph);
      ExpectSameAccounts(world, view);
      for (const auto& [ordinal, record] : world.accounts()) ExpectSameUse(world, view, storage::ITEM_ACCOUNT, ordinal);
      for (const auto& [ordinal, record] : world.posts()) ExpectSameUse(world, view, storage::ITEM_POST, ordinal);
      for (const auto& [ordinal, record] : world.resources())
        ExpectSameUse(world, view, storage::ITEM_RESOURCE, ordinal);
    });
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ViewsModel, ::testing::Range<uint32_t>(100, 115));

}  // namespace
}  // namespace staffroom
