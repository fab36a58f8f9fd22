// The slow half of a deletion: how it goes on beside writes, over errors and over restarts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/engine/engine_limits.h"
#include "service/engine/purge_queue.h"
#include "storage/key_range.h"
#include "storage/memory_store.h"
#include "tests/engine/answers.h"
#include "tests/engine/running_engine.h"
#include "tests/support/fault_store.h"
#include "tests/support/hand_clock.h"
#include "tests/support/mutations.h"

namespace staffroom {
namespace {

class Purge : public ::testing::Test {
 protected:
  void Start(Engine::Options options = {}) {
    options.on_error = [this](absl::string_view, const absl::Status&) { ++errors_; };
    engine_ = std::make_unique<RunningEngine>(&store_, &clock_, std::move(options));
  }
  uint64_t Revision() { return engine_->engine().gate().applied(); }

  HandClock clock_;
  storage::MemoryStore memory_;
  FaultStore store_{&memory_};
  int errors_ = 0;
  std::unique_ptr<RunningEngine> engine_;
};

TEST_F(Purge, EndsThoughSomebodyAlwaysWrites) {
  Engine::Options options;
  options.batch_mutations = 1;
  Start(options);
  std::vector<storage::Mutation> mutations = {UpsertAccount("ana"), UpsertPost("p", "ana"), Follow("ben", "ana"),
                                              Delete(storage::ITEM_ACCOUNT, "ana")};
  // The account, then its post: two slices. The queue is never empty before the last write is answered.
  for (int i = 0; i < 2 * kBatchesBetweenSlices + 2; ++i) mutations.push_back(UpsertAccount(absl::StrCat("a", i)));
  std::promise<int64_t> oldest_purge_at_the_last_answer;
  engine_->engine().SubmitAll(std::move(mutations), [&](std::vector<MutationResult>) {
    oldest_purge_at_the_last_answer.set_value(engine_->engine().oldest_purge_time());
  });
  EXPECT_EQ(oldest_purge_at_the_last_answer.get_future().get(), 0);
}

TEST_F(Purge, OfManyThingsTakesSlicesOfABoundedNumberOfChanges) {
  Start();
  constexpr int kFollowers = 1'100;
  constexpr int kPosts = 300;
  std::vector<storage::Mutation> mutations = {UpsertAccount("ana"), Follow("ana", "ben")};
  for (int i = 0; i < kFollowers; ++i) mutations.push_back(Follow(absl::StrCat("f", i), "ana"));
  for (int i = 0; i < kPosts; ++i) mutations.push_back(UpsertPost(absl::StrCat("p", i), "ana"));
  engine_->DoTogether(std::move(mutations));
  const uint64_t before = engine_->Do(Delete(storage::ITEM_ACCOUNT, "ana")).revision;
  engine_->FinishPurges();
  EXPECT_EQ(EntriesIn(memory_, storage::Family::kEdges), 0);
  EXPECT_EQ(EntriesIn(memory_, storage::Family::kPosts), 0);
  EXPECT_EQ(EntriesIn(memory_, storage::Family::kPurges), 0);
  const int changes = kFollowers + 1 + kPosts;
  const uint64_t of_the_account = changes / kPurgeChanges + 1;
  const uint64_t of_the_posts = (kPosts - 1) / kPurgeItems + 1;
  EXPECT_EQ(Revision() - before, of_the_account + of_the_posts) << "posts share slices";
}

TEST_F(Purge, ThatMeetsADamagedRecordIsToldAndTriedAgainAndHoldsUpNobodyElse) {
  Start();
  engine_->DoTogether({UpsertAccount("ana"), UpsertAccount("ben"), Follow("zoe", "ana"), Follow("zoe", "ben")});
  const std::string to_ana = storage::EdgesToTarget({storage::ITEM_ACCOUNT, 1}).first;
  store_.FailReads([to_ana](storage::Family family, absl::string_view key) {
    return family == storage::Family::kEdgesByTarget && absl::StartsWith(key, to_ana)
               ? absl::DataLossError("a damaged block")
               : absl::OkStatus();
  });
  engine_->DoTogether({Delete(storage::ITEM_ACCOUNT, "ana"), Delete(storage::ITEM_ACCOUNT, "ben")});
  while (EntriesIn(memory_, storage::Family::kPurges) != 1 || engine_->engine().failed_purge_slices() < 2) {
    engine_->Digest();
  }
  engine_->Digest();
  EXPECT_EQ(EntriesIn(memory_, storage::Family::kEdges), 1) << "ben's are gone";
  EXPECT_EQ(engine_->engine().failed_purge_slices(), 2) << "of both together, then of the damaged one alone";
  EXPECT_EQ(errors_, 2);
  EXPECT_EQ(Answer(engine_->Do(UpsertAccount("cy"))), "APPLIED") << "writing goes on";

  store_.HealReads();
  engine_->Digest();
  EXPECT_EQ(EntriesIn(memory_, storage::Family::kPurges), 1) << "it is not time yet";
  clock_.Advance(kPurgeRetry);
  engine_->FinishPurges();
  EXPECT_EQ(EntriesIn(memory_, storage::Family::kEdges), 0);
}

TEST_F(Purge, GoesOnAfterARestart) {
  Start();
  engine_->DoTogether({UpsertAccount("ana"), UpsertPost("p", "ana"), Follow("zoe", "ana"),
                       Write("zoe", storage::LIKE, storage::ITEM_POST, "p")});
  store_.FailReadsOf(storage::Family::kEdgesByTarget);
  engine_->Do(Delete(storage::ITEM_ACCOUNT, "ana"));
  while (engine_->engine().failed_purge_slices() == 0) engine_->Digest();
  engine_.reset();
  ASSERT_EQ(EntriesIn(memory_, storage::Family::kEdges), 2);
  store_.HealReads();
  Start();
  engine_->FinishPurges();
  EXPECT_EQ(EntriesIn(memory_, storage::Family::kEdges), 0);
  EXPECT_EQ(EntriesIn(memory_, storage::Family::kPosts), 0);
  const uint64_t digest = engine_->Digest();
  Start();
  EXPECT_EQ(engine_->Digest(), digest);
}

storage::Item Account(uint32_t ordinal) { return {storage::ITEM_ACCOUNT, ordinal}; }

TEST(PurgeQueue, TakesABoundedNumberOfItemsInTheirOrder) {
  PurgeQueue queue;
  for (uint32_t i = 1; i <= kPurgeItems + 1; ++i) queue.Add(Account(i));
  const storage::Mutation::Purge slice = queue.Take(absl::UnixEpoch());
  ASSERT_EQ(slice.items_size(), static_cast<int>(kPurgeItems));
  EXPECT_EQ(slice.items(0).ordinal(), 1u);
  EXPECT_EQ(queue.Take(absl::UnixEpoch()).items(0).ordinal(), kPurgeItems + 1);
  EXPECT_TRUE(queue.empty());
}

TEST(PurgeQueue, TriesTheItemsOfAFailedSliceAloneAndOneThatFailsAloneLater) {
  PurgeQueue queue;
  absl::Time now = absl::UnixEpoch();
  queue.Add(Account(1));
  queue.Add(Account(2));
  queue.Failed(queue.Take(now), now);
  ASSERT_TRUE(queue.IsDue(now));
  const storage::Mutation::Purge first = queue.Take(now);
  EXPECT_EQ(first.items_size(), 1);
  queue.Failed(first, now);
  EXPECT_EQ(queue.Take(now).items_size(), 1);
  EXPECT_FALSE(queue.IsDue(now + kPurgeRetry - absl::Microseconds(1)));
  EXPECT_FALSE(queue.empty());
  EXPECT_TRUE(queue.IsDue(now + kPurgeRetry));
  EXPECT_EQ(queue.Take(now + kPurgeRetry).items(0).ordinal(), first.items(0).ordinal());
}

}  // namespace
}  // namespace staffroom
