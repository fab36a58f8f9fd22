// What the views say, against the plainest reading of the records: sets and loops, no ordinals kept, nothing updated in place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
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
      if (!record.deleted()) interactions_.push_back(record);
      return absl::OkStatus();
    };
    Must(storage::ScanEdges(snapshot, take));
    Must(storage::ScanEvents(snapshot, take));
  }

  const std::map<uint32_t, storage::AccountRecord>& accounts() const { return accounts_; }
  const std::map<uint32_t, storage::ResourceRecord>& resources() const { return resources_; }

  static bool Quiet(const storage::AccountRecord& record) {
    return record.exposure() == storage::NOBODY && record.follows_visibility() == storage::HIDDEN;
  }

  uint32_t FollowerCount(uint32_t account) const {
    return static_cast<uint32_t>(std::count_if(interactions_.begin(), interactions_.end(), [&](const auto& record) {
      const storage::AccountRecord& follower = accounts_.at(record.actor());
      return record.kind() == storage::FOLLOW && record.target() == account && record.actor() != account &&
             !follower.stub() && !Quiet(follower);
    }));
  }

  uint32_t FollowingCount(uint32_t account) const {
    return static_cast<uint32_t>(std::count_if(interactions_.begin(), interactions_.end(), [&](const auto& record) {
      if (record.kind() != storage::FOLLOW || record.actor() != account || record.target() == account) return false;
      const storage::AccountRecord& followed = accounts_.at(record.target());
      return !followed.stub() && !Quiet(followed);
    }));
  }

  uint32_t Popularity(uint32_t resource) const {
    static const std::set<int> kCounted = {storage::LIKE, storage::SAVE, storage::READ, storage::SHARE, storage::REPLY};
    return static_cast<uint32_t>(std::count_if(interactions_.begin(), interactions_.end(), [&](const auto& record) {
      const storage::AccountRecord& actor = accounts_.at(record.actor());
      return record.target_kind() == storage::ITEM_RESOURCE && record.target() == resource &&
             kCounted.count(record.kind()) > 0 && !actor.stub() && !Quiet(actor) && actor.profiling() != storage::OFF;
    }));
  }

  // Pairs (from, to), as often as something says so.
  std::multiset<std::pair<uint32_t, uint32_t>> Blocks() const { return Pairs({storage::BLOCK, storage::REPORT}); }
  std::multiset<std::pair<uint32_t, uint32_t>> Replies() const { return Pairs({storage::REPLY}); }

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
  std::vector<storage::InteractionRecord> interactions_;
};

class ViewsModel : public ::testing::TestWithParam<uint32_t> {};

TEST_P(ViewsModel, SayWhatTheRecordsSay) {
  HandClock clock;
  storage::MemoryStore store;
  RunningEngine engine(&store, &clock);
  RandomJournal journal(GetParam());
  for (int round = 0; round < 8; ++round) {
    std::vector<storage::Mutation> mutations;
    for (int i = 0; i < 60; ++i) mutations.push_back(journal.Next());
    engine.DoTogether(std::move(mutations));
    engine.FinishPurges();
    const NaiveWorld world(*store.TakeSnapshot());
    engine.Read([&](const ReadView& view) {
      std::multiset<std::pair<uint32_t, uint32_t>> blocks, blocked, replies, replied;
      for (const auto& [ordinal, record] : world.accounts()) {
        const AccountOrdinal account(ordinal);
        EXPECT_EQ(view.catalog.account(account).id.view(), record.id());
        EXPECT_EQ(view.catalog.account(account).quiet(), NaiveWorld::Quiet(record));
        EXPECT_EQ(view.graph.FollowerCount(account), world.FollowerCount(ordinal)) << record.id();
        EXPECT_EQ(view.graph.FollowingCount(account), world.FollowingCount(ordinal)) << record.id();
        const auto known = [&](AccountOrdinal other) { return world.accounts().count(other.value()) > 0; };
        for (const AccountOrdinal other : view.graph.Blocking(account))
          if (known(other)) blocks.emplace(ordinal, other.value());
        for (const AccountOrdinal other : view.graph.BlockedBy(account)) blocked.emplace(other.value(), ordinal);
        for (const AccountOrdinal other : view.graph.RepliedTo(account))
          if (known(other)) replies.emplace(ordinal, other.value());
        for (const AccountOrdinal other : view.graph.RepliersTo(account)) replied.emplace(other.value(), ordinal);
      }
      EXPECT_EQ(blocks, world.Blocks());
      EXPECT_EQ(blocked, world.Blocks());
      EXPECT_EQ(replies, world.Replies());
      EXPECT_EQ(replied, world.Replies());
      for (const auto& [ordinal, record] : world.resources()) {
        EXPECT_EQ(view.engagement.Popularity(storage::ITEM_RESOURCE, ordinal), world.Popularity(ordinal))
            << record.id();
      }
    });
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ViewsModel, ::testing::Range<uint32_t>(100, 115));

}  // namespace
}  // namespace staffroom
