// What an erasure leaves: nothing of the erased, everything of the others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "tests/engine/answers.h"
#include "tests/engine/running_engine.h"
#include "tests/support/hand_clock.h"
#include "tests/support/mutations.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;

class Erasure : public ::testing::Test {
 protected:
  std::string Says(storage::Mutation mutation) { return Answer(engine_->Do(std::move(mutation))); }
  std::vector<std::string> Together(std::vector<storage::Mutation> mutations) {
    std::vector<std::string> answers;
    for (const MutationResult& result : engine_->DoTogether(std::move(mutations))) answers.push_back(Answer(result));
    return answers;
  }
  bool Blocked(absl::string_view a, absl::string_view b) {
    bool blocked = false;
    engine_->Read([&](const ReadView& view) {
      blocked = view.graph.BlockedEitherWay(view.catalog.FindAccount(a), view.catalog.FindAccount(b));
    });
    return blocked;
  }
  // Purges, and starts again on the same store; both must come to the same.
  void PurgeAndRestart() {
    engine_->FinishPurges();
    const uint64_t digest = engine_->Digest();
    engine_ = std::make_unique<RunningEngine>(&store_, &clock_);
    EXPECT_EQ(engine_->Digest(), digest) << "a fresh Load differs from what the views took change by change";
  }
  storage::ResourceRecord Resource(absl::string_view id) {
    const auto record = storage::GetResource(*store_.TakeSnapshot(), OrdinalOf(store_, storage::ITEM_RESOURCE, id));
    return record.ok() ? record->value_or(storage::ResourceRecord()) : storage::ResourceRecord();
  }

  HandClock clock_;
  storage::MemoryStore store_;
  std::unique_ptr<RunningEngine> engine_ = std::make_unique<RunningEngine>(&store_, &clock_);
};

TEST_F(Erasure, OfAReportedPostLeavesItsAuthorBlocked) {
  engine_->DoTogether({UpsertAccount("ana"), UpsertAccount("zoe"), UpsertPost("p", "ana")});
  engine_->Do(Write("zoe", storage::REPORT, storage::ITEM_POST, "p", 100));
  ASSERT_TRUE(Blocked("zoe", "ana"));
  EXPECT_EQ(Says(Delete(storage::ITEM_POST, "p")), "APPLIED");
  EXPECT_TRUE(Blocked("zoe", "ana")) << "at once";
  PurgeAndRestart();
  EXPECT_TRUE(Blocked("zoe", "ana"));
  EXPECT_EQ(EntriesIn(store_, storage::Family::kEdges), 1) << "nothing of the post is left";
  EXPECT_EQ(Says(Unwrite("zoe", storage::REPORT, storage::ITEM_ACCOUNT, "ana")), "APPLIED");
  EXPECT_FALSE(Blocked("zoe", "ana")) << "the reporter may take it back";
}

TEST_F(Erasure, OfAReportedResourceLeavesItsAuthorBlocked) {
  engine_->DoTogether({UpsertAccount("ana"), UpsertResource("r", "ana")});
  engine_->Do(Write("zoe", storage::REPORT, storage::ITEM_RESOURCE, "r", 100));
  engine_->Do(Delete(storage::ITEM_RESOURCE, "r"));
  EXPECT_TRUE(Blocked("zoe", "ana"));
  PurgeAndRestart();
  EXPECT_TRUE(Blocked("zoe", "ana"));
}

TEST_F(Erasure, OfAnAuthorsNameFromAReportedResourceLeavesThatAuthorBlocked) {
  engine_->DoTogether({UpsertAccount("ana"), UpsertAccount("ben"), UpsertResource("r", "ana")});
  engine_->Do(Write("zoe", storage::REPORT, storage::ITEM_RESOURCE, "r", 100));
  engine_->Do(UpsertResource("r", "ben"));
  EXPECT_TRUE(Blocked("zoe", "ana"));
  PurgeAndRestart();
  EXPECT_TRUE(Blocked("zoe", "ana"));
  EXPECT_EQ(Says(Unwrite("zoe", storage::REPORT, storage::ITEM_ACCOUNT, "ana")), "APPLIED");
  EXPECT_FALSE(Blocked("zoe", "ana"));
}

TEST_F(Erasure, KeepsAReportThatWasMadeInTheSameBatch) {
  EXPECT_THAT(
      Together({UpsertAccount("ana"), UpsertPost("p", "ana"), UpsertPost("q", "ana"),
                Write("zoe", storage::REPORT, storage::ITEM_POST, "p", 100),
                Write("zoe", storage::REPORT, storage::ITEM_POST, "q", 100),
                Write("yan", storage::REPORT, storage::ITEM_POST, "p", 100),
                Unwrite("yan", storage::REPORT, storage::ITEM_POST, "p", 101), Delete(storage::ITEM_POST, "p"),
                Delete(storage::ITEM_POST, "q")}),
      ElementsAre("APPLIED", "APPLIED", "APPLIED", "APPLIED", "APPLIED", "APPLIED", "APPLIED", "APPLIED", "APPLIED"));
  EXPECT_TRUE(Blocked("zoe", "ana"));
  EXPECT_FALSE(Blocked("yan", "ana")) << "a report that was taken back is none";
  PurgeAndRestart();
  EXPECT_TRUE(Blocked("zoe", "ana"));
  EXPECT_FALSE(Blocked("yan", "ana"));
}

TEST_F(Erasure, KeepsAReportOverOneOfTheAuthorThatWasTakenBack) {
  engine_->DoTogether({UpsertAccount("ana"), UpsertPost("p", "ana")});
  engine_->Do(Write("zoe", storage::REPORT, storage::ITEM_POST, "p", 100));
  engine_->Do(Write("zoe", storage::REPORT, storage::ITEM_ACCOUNT, "ana", 200));
  engine_->Do(Unwrite("zoe", storage::REPORT, storage::ITEM_ACCOUNT, "ana", 300));
  engine_->Do(Delete(storage::ITEM_POST, "p"));
  PurgeAndRestart();
  EXPECT_TRUE(Blocked("zoe", "ana"));
  EXPECT_EQ(Says(Unwrite("zoe", storage::REPORT, storage::ITEM_ACCOUNT, "ana", 299)), "STALE");
}

TEST_F(Erasure, OfTheAuthorTakesTheReportsAlong) {
  engine_->DoTogether({UpsertAccount("ana"), UpsertPost("p", "ana")});
  engine_->Do(Write("zoe", storage::REPORT, storage::ITEM_POST, "p", 100));
  engine_->Do(Delete(storage::ITEM_ACCOUNT, "ana"));
  engine_->Do(Delete(storage::ITEM_POST, "p"));
  PurgeAndRestart();
  EXPECT_EQ(EntriesIn(store_, storage::Family::kEdges), 0);
}

TEST_F(Erasure, FreesThePostsIdsBeforeThePurgeHasRun) {
  engine_->DoTogether({UpsertAccount("ana"), UpsertPost("p", "ana")});
  engine_->Do(Write("zoe", storage::LIKE, storage::ITEM_POST, "p", 100));
  const uint32_t first = OrdinalOf(store_, storage::ITEM_POST, "p");
  EXPECT_THAT(Together({Delete(storage::ITEM_ACCOUNT, "ana"), UpsertAccount("ana"), UpsertPost("p", "ana")}),
              ElementsAre("APPLIED", "APPLIED", "APPLIED"));
  PurgeAndRestart();
  EXPECT_GT(OrdinalOf(store_, storage::ITEM_POST, "p"), first) << "another post, under a number of its own";
  EXPECT_EQ(EntriesIn(store_, storage::Family::kEdges), 0) << "what was done to the old one is gone";
  engine_->Read(
      [](const ReadView& view) { EXPECT_EQ(view.catalog.PostsBy(view.catalog.FindAccount("ana")).size(), 1u); });
}

TEST_F(Erasure, LeavesNothingThatAMaskCouldChange) {
  engine_->DoTogether({UpsertAccount("ana"), UpsertPost("p", "ana")});
  storage::Mutation masked = UpsertPost("p", "");
  masked.mutable_upsert_post()->add_mask("text");
  EXPECT_THAT(Together({Delete(storage::ITEM_ACCOUNT, "ana"), UpsertAccount("ana"), masked}),
              ElementsAre("APPLIED", "APPLIED", "POST_NOT_FOUND"));
}

TEST_F(Erasure, OfAnAccountKeepsItsPostsFromComingBackAsStubsForThirtyDays) {
  engine_->DoTogether({UpsertAccount("ana"), UpsertPost("p", "ana")});
  engine_->Do(Delete(storage::ITEM_ACCOUNT, "ana"));
  engine_->FinishPurges();
  EXPECT_EQ(Says(Write("zoe", storage::READ, storage::ITEM_POST, "p")), "POST_NOT_FOUND");
  clock_.Advance(absl::Hours(24 * 31));
  EXPECT_EQ(Says(Write("zoe", storage::READ, storage::ITEM_POST, "p")), "APPLIED");
}

TEST_F(Erasure, IsForgottenItselfAfterThirtyDays) {
  engine_->DoTogether({UpsertAccount("ana"), UpsertPost("p", "ana")});
  engine_->Do(Delete(storage::ITEM_ACCOUNT, "ana"));
  engine_->FinishPurges();
  clock_.Advance(absl::Hours(24 * 30));
  engine_->Do(UpsertAccount("ben"));
  EXPECT_EQ(EntriesIn(store_, storage::Family::kErasedIds), 2) << "the account's and the post's";
  clock_.Advance(absl::Seconds(1));
  engine_->Do(UpsertAccount("ben"));
  EXPECT_EQ(EntriesIn(store_, storage::Family::kErasedIds), 0);
}

TEST_F(Erasure, RequestIdsAreForgottenAfterADayThoughNobodySendsOne) {
  engine_->Do(WithRequestId(UpsertAccount("ana"), "r-1", 11));
  clock_.Advance(absl::Hours(24));
  engine_->Do(UpsertAccount("ben"));
  EXPECT_EQ(EntriesIn(store_, storage::Family::kIdempotency), 1);
  clock_.Advance(absl::Seconds(1));
  engine_->Do(UpsertAccount("ben"));
  EXPECT_EQ(EntriesIn(store_, storage::Family::kIdempotency), 0);
  EXPECT_EQ(EntriesIn(store_, storage::Family::kIdempotencyByTime), 0);
}

TEST_F(Erasure, OfAnAccountTakesItsNameFromItsResources) {
  storage::Mutation both = UpsertResource("both", "ana", /*create_stubs=*/true);
  both.mutable_upsert_resource()->set_publisher_id("ana");
  storage::Mutation shared = UpsertResource("shared", "ben", /*create_stubs=*/true);
  shared.mutable_upsert_resource()->set_publisher_id("ana");
  engine_->DoTogether({UpsertAccount("ana"), UpsertAccount("ben"), UpsertResource("wrote", "ana"), both, shared});
  engine_->Do(Delete(storage::ITEM_ACCOUNT, "ana"));
  PurgeAndRestart();
  for (const char* id : {"wrote", "both", "shared"}) {
    EXPECT_NE(Resource(id).author(), 1u) << id;
    EXPECT_EQ(Resource(id).publisher(), 0u) << id;
  }
  EXPECT_EQ(Resource("shared").author(), OrdinalOf(store_, storage::ITEM_ACCOUNT, "ben"));
  EXPECT_NE(Resource("shared").state(), storage::UNDER_REVIEW) << "ben still answers for it";
  EXPECT_EQ(Resource("wrote").state(), storage::UNDER_REVIEW) << "ana may have hidden it from most";
  EXPECT_THAT(Together({Delete(storage::ITEM_ACCOUNT, "ben")}), ElementsAre("APPLIED"));
  PurgeAndRestart();
  EXPECT_EQ(Resource("shared").author(), 0u);
  EXPECT_EQ(Resource("shared").state(), storage::UNDER_REVIEW);
  engine_->Read([](const ReadView& view) {
    EXPECT_FALSE(view.catalog.resource(view.catalog.FindResource("wrote")).author);
    EXPECT_EQ(view.catalog.resource_count(), 3) << "what an account wrote of resources stays";
  });
}

TEST_F(Erasure, OfAuthorAndPublisherTogetherTakesBothNames) {
  storage::Mutation resource = UpsertResource("r", "ana");
  resource.mutable_upsert_resource()->set_publisher_id("ben");
  engine_->DoTogether(
      {UpsertAccount("ana"), UpsertAccount("ben"), resource, Follow("ana", "ben"), Follow("ben", "ana")});
  engine_->DoTogether({Delete(storage::ITEM_ACCOUNT, "ana"), Delete(storage::ITEM_ACCOUNT, "ben")});
  PurgeAndRestart();
  EXPECT_EQ(Resource("r").author() + Resource("r").publisher(), 0u);
  EXPECT_EQ(EntriesIn(store_, storage::Family::kEdges), 0);
  engine_->Read([](const ReadView& view) { EXPECT_EQ(view.graph.follow_count(), 0); });
}

TEST_F(Erasure, OfBothEndsTakesAnEdgeOnce) {
  engine_->DoTogether({Follow("ana", "ben"), Follow("ben", "ana"), Follow("cy", "dan")});
  engine_->DoTogether({Delete(storage::ITEM_ACCOUNT, "ana"), Delete(storage::ITEM_ACCOUNT, "ben")});
  engine_->FinishPurges();
  engine_->Read([](const ReadView& view) { EXPECT_EQ(view.graph.edge_count(), 1); });
}

}  // namespace
}  // namespace staffroom
