// What becomes of a mutation: the rules of identity, last writer wins, stubs and masks, as one would explain them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/base/errors.h"
#include "service/engine/engine_limits.h"
#include "service/engine/mutation_result.h"
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

class Decisions : public ::testing::Test {
 protected:
  bool Follows(absl::string_view follower, absl::string_view followed) {
    bool follows = false;
    engine_.Read([&](const ReadView& view) {
      follows = view.graph.Follows(view.catalog.FindAccount(follower), view.catalog.FindAccount(followed));
    });
    return follows;
  }

  storage::AccountRecord Account(absl::string_view id) {
    const auto ordinal = storage::FindOrdinal(*store_.TakeSnapshot(), storage::ITEM_ACCOUNT, id);
    if (!ordinal.ok() || !ordinal->has_value()) return {};
    return storage::GetAccount(*store_.TakeSnapshot(), **ordinal)->value_or(storage::AccountRecord());
  }

  std::string Says(storage::Mutation mutation) { return Answer(engine_.Do(std::move(mutation))); }
  std::vector<std::string> SaysTogether(std::vector<storage::Mutation> mutations) {
    std::vector<std::string> answers;
    for (const MutationResult& result : engine_.DoTogether(std::move(mutations))) answers.push_back(Answer(result));
    return answers;
  }

  HandClock clock_;
  storage::MemoryStore store_;
  RunningEngine engine_{&store_, &clock_};
};

TEST_F(Decisions, TheLaterEventTimeWinsWhateverTheOrderOfArrival) {
  EXPECT_EQ(Says(Follow("ana", "ben", 100)), "APPLIED");
  EXPECT_EQ(Says(Unfollow("ana", "ben", 90)), "STALE");
  EXPECT_TRUE(Follows("ana", "ben"));
  EXPECT_EQ(Says(Unfollow("ana", "ben", 110)), "APPLIED");
  EXPECT_EQ(Says(Follow("ana", "ben", 105)), "STALE");
  EXPECT_FALSE(Follows("ana", "ben"));
}

TEST_F(Decisions, OfEqualEventTimesTheLaterMutationWins) {
  EXPECT_EQ(Says(Follow("ana", "ben", 100)), "APPLIED");
  EXPECT_EQ(Says(Unfollow("ana", "ben", 100)), "APPLIED");
  EXPECT_FALSE(Follows("ana", "ben"));
  EXPECT_EQ(Says(Follow("ana", "ben", 100)), "APPLIED");
  EXPECT_TRUE(Follows("ana", "ben"));
}

TEST_F(Decisions, SayingTheSameTwiceIsADuplicateAndMovesNoRevision) {
  const MutationResult first = engine_.Do(Follow("ana", "ben", 100));
  const MutationResult second = engine_.Do(Follow("ana", "ben", 100));
  EXPECT_EQ(second.outcome, Outcome::kDuplicate);
  EXPECT_EQ(second.revision, first.revision);
}

TEST_F(Decisions, ADeletionWithoutATimeWinsOverWhatItSaw) {
  const int64_t ahead_s = absl::ToUnixSeconds(clock_.Now()) + 3600;
  EXPECT_EQ(Says(Follow("ana", "ben", ahead_s)), "APPLIED");
  EXPECT_EQ(Says(Unfollow("ana", "ben")), "APPLIED");
  EXPECT_FALSE(Follows("ana", "ben"));
  EXPECT_EQ(Says(Unfollow("ana", "ben")), "DUPLICATE");
}

TEST_F(Decisions, DeletingAnUnknownStateKeyLeavesATombstoneThatStopsOlderWrites) {
  engine_.Do(UpsertAccount("ana"));
  engine_.Do(UpsertAccount("ben"));
  EXPECT_EQ(Says(Unfollow("ana", "ben", 100)), "APPLIED");
  EXPECT_EQ(Says(Follow("ana", "ben", 99)), "STALE");
}

TEST_F(Decisions, DeletingAnUnknownEventIsNotFound) {
  EXPECT_EQ(Says(Write("ana", storage::READ, storage::ITEM_POST, "p", 100)), "APPLIED");
  EXPECT_EQ(Says(Unwrite("ana", storage::READ, storage::ITEM_POST, "p", 101)), "INTERACTION_NOT_FOUND");
  EXPECT_EQ(Says(Unwrite("ana", storage::READ, storage::ITEM_POST, "p", 100)), "APPLIED");
  EXPECT_EQ(Says(Unwrite("ana", storage::READ, storage::ITEM_POST, "p", 100)), "INTERACTION_NOT_FOUND");
}

TEST_F(Decisions, AnEventOfTheSameNameHappensOnce) {
  storage::Mutation read = Write("ana", storage::READ, storage::ITEM_POST, "p", 100);
  read.mutable_write_interaction()->mutable_record()->set_event_id("click-17");
  EXPECT_EQ(Says(read), "APPLIED");
  read.mutable_write_interaction()->mutable_record()->set_event_time(999);
  EXPECT_EQ(Says(read), "DUPLICATE");
  EXPECT_EQ(Says(Write("ana", storage::READ, storage::ITEM_POST, "p", 100)), "APPLIED");
  EXPECT_EQ(Says(Write("ana", storage::READ, storage::ITEM_POST, "p", 100)), "DUPLICATE");
  EXPECT_EQ(Says(Write("ana", storage::READ, storage::ITEM_POST, "p", 101)), "APPLIED");
}

TEST_F(Decisions, ARequestIdIsRememberedForADay) {
  EXPECT_EQ(Says(WithRequestId(UpsertAccount("ana"), "r-1", 11)), "APPLIED");
  EXPECT_EQ(Says(WithRequestId(UpsertAccount("ana"), "r-1", 11)), "DUPLICATE");
  EXPECT_EQ(Says(WithRequestId(UpsertAccount("ben"), "r-1", 12)), "REQUEST_ID_REUSED");
  clock_.Advance(absl::Hours(25));
  EXPECT_EQ(Says(WithRequestId(UpsertAccount("ben"), "r-1", 12)), "APPLIED");
}

TEST_F(Decisions, WithinOneBatchTooARequestIdIsUsedOnce) {
  const std::vector<MutationResult> results = engine_.DoTogether(
      {WithRequestId(UpsertAccount("ana"), "r-1", 11), WithRequestId(UpsertAccount("ana"), "r-1", 11)});
  EXPECT_EQ(results[0].outcome, Outcome::kApplied);
  EXPECT_EQ(results[1].outcome, Outcome::kDuplicate);
  EXPECT_EQ(results[1].revision, results[0].revision);
}

// The reply to the first may be lost: decided afresh, its repeat would undo what was done in between.
TEST_F(Decisions, ARequestIdIsRememberedThoughNothingWasChanged) {
  const storage::Mutation unfollow = WithRequestId(Unfollow("ana", "ben"), "unfollow", 11);
  const storage::Mutation follow_late = WithRequestId(Follow("ana", "ben", 50), "follow late", 12);
  engine_.Do(Follow("ana", "ben", 100));
  engine_.Do(Unfollow("ana", "ben"));
  const MutationResult first = engine_.Do(unfollow);
  EXPECT_EQ(Answer(first), "DUPLICATE");
  EXPECT_EQ(Says(follow_late), "STALE");
  const int64_t later_s = absl::ToUnixSeconds(clock_.Now()) + 10;
  EXPECT_EQ(Says(Follow("ana", "ben", later_s)), "APPLIED");
  const MutationResult repeated = engine_.Do(unfollow);
  EXPECT_EQ(Answer(repeated), "DUPLICATE");
  EXPECT_EQ(repeated.revision, first.revision) << "the first one's";
  EXPECT_TRUE(Follows("ana", "ben")) << "the new follow stands";
  EXPECT_EQ(Says(follow_late), "DUPLICATE") << "of any repeat";
  EXPECT_EQ(Says(WithRequestId(Unfollow("ana", "ben"), "unfollow", 13)), "REQUEST_ID_REUSED");
}

TEST_F(Decisions, RememberingAnAnswerMovesNoRevision) {
  engine_.Do(Follow("ana", "ben", 100));
  const uint64_t revision = engine_.engine().gate().applied();
  EXPECT_EQ(Says(WithRequestId(Follow("ana", "ben", 100), "r-1", 11)), "DUPLICATE");
  EXPECT_EQ(engine_.engine().gate().applied(), revision);
  EXPECT_EQ(engine_.Do(UpsertAccount("cy")).revision, revision + 1);
}

TEST_F(Decisions, ADuplicateMakesNoStub) {
  storage::Mutation of_p = Write("ana", storage::READ, storage::ITEM_POST, "p", 100);
  storage::Mutation of_q = Write("ana", storage::READ, storage::ITEM_POST, "q", 100);
  for (storage::Mutation* read : {&of_p, &of_q}) {
    read->mutable_write_interaction()->mutable_record()->set_event_id("the same event");
  }
  EXPECT_THAT(SaysTogether({of_p, of_q, UpsertPost("z", "ana")}), ElementsAre("APPLIED", "DUPLICATE", "APPLIED"));
  EXPECT_EQ(OrdinalOf(store_, storage::ITEM_POST, "q"), 0u);
  EXPECT_EQ(OrdinalOf(store_, storage::ITEM_POST, "z"), 2u);
}

TEST_F(Decisions, UnknownNamesAreRefusedUnlessStubsAreWanted) {
  EXPECT_EQ(Says(Write("ana", storage::FOLLOW, storage::ITEM_ACCOUNT, "ben", 0, /*create_stubs=*/false)),
            "ACCOUNT_NOT_FOUND");
  EXPECT_EQ(Says(UpsertPost("p", "ana")), "ACCOUNT_NOT_FOUND");
  EXPECT_EQ(Says(UpsertPost("p", "ana", /*create_stubs=*/true)), "APPLIED");
  EXPECT_TRUE(Account("ana").stub());
  EXPECT_EQ(Says(UpsertAccount("ana")), "APPLIED");
  EXPECT_FALSE(Account("ana").stub());
}

TEST_F(Decisions, AnErasedIdComesBackAsAnAccountButNotAsAStubForThirtyDays) {
  engine_.Do(UpsertAccount("ana"));
  const uint32_t first = Account("ana").ordinal();
  EXPECT_EQ(Says(Delete(storage::ITEM_ACCOUNT, "ana")), "APPLIED");
  EXPECT_EQ(Says(Delete(storage::ITEM_ACCOUNT, "ana")), "ACCOUNT_NOT_FOUND");
  EXPECT_EQ(Says(Follow("ana", "ben")), "ACCOUNT_NOT_FOUND");
  clock_.Advance(absl::Hours(24 * 31));
  EXPECT_EQ(Says(Follow("ana", "ben")), "APPLIED");
  EXPECT_EQ(Says(UpsertAccount("ana")), "APPLIED");
  EXPECT_GT(Account("ana").ordinal(), first) << "an ordinal is never reused";
}

TEST_F(Decisions, ASyncWithoutAMaskKeepsWhatProtectsAPerson) {
  storage::AccountRecord quiet;
  quiet.set_exposure(storage::NOBODY);
  quiet.set_follows_visibility(storage::HIDDEN);
  quiet.set_profiling(storage::OFF);
  quiet.set_state(storage::UNDER_REVIEW);
  quiet.set_bio("before");
  engine_.Do(UpsertAccount("ana", quiet));
  storage::AccountRecord sync;
  sync.set_display_name("Ana");
  engine_.Do(UpsertAccount("ana", sync));
  const storage::AccountRecord now = Account("ana");
  EXPECT_EQ(now.display_name(), "Ana");
  EXPECT_EQ(now.bio(), "") << "an upsert replaces the rest";
  EXPECT_EQ(now.exposure(), storage::NOBODY);
  EXPECT_EQ(now.follows_visibility(), storage::HIDDEN);
  EXPECT_EQ(now.profiling(), storage::OFF);
  EXPECT_EQ(now.state(), storage::UNDER_REVIEW);
}

TEST_F(Decisions, AMaskChangesTheNamedFieldsOnly) {
  storage::AccountRecord record;
  record.set_bio("a bio");
  record.add_interests("algebra");
  engine_.Do(UpsertAccount("ana", record));
  storage::AccountRecord change;
  change.add_interests("poetry");
  change.set_bio("not to be taken");
  storage::Mutation mutation = UpsertAccount("ana", change);
  mutation.mutable_upsert_account()->add_mask("interests");
  EXPECT_EQ(Says(mutation), "APPLIED");
  EXPECT_EQ(Account("ana").bio(), "a bio");
  EXPECT_THAT(Account("ana").interests(), ElementsAre("poetry"));
  storage::Mutation absent = UpsertAccount("nobody", change);
  absent.mutable_upsert_account()->add_mask("interests");
  EXPECT_EQ(Says(absent), "ACCOUNT_NOT_FOUND");
}

TEST_F(Decisions, OneJoinsOrganizationsNotTeachers) {
  storage::AccountRecord teacher, network;
  teacher.set_kind(storage::TEACHER);
  network.set_kind(storage::NETWORK);
  engine_.Do(UpsertAccount("ana", teacher));
  engine_.Do(UpsertAccount("net", network));
  EXPECT_EQ(Says(Write("ben", storage::JOIN, storage::ITEM_ACCOUNT, "ana")), "FIELD_OUT_OF_RANGE");
  EXPECT_EQ(Says(Write("ben", storage::JOIN, storage::ITEM_ACCOUNT, "net")), "APPLIED");
  EXPECT_EQ(Says(Write("ben", storage::JOIN, storage::ITEM_ACCOUNT, "not here yet")), "APPLIED");
}

TEST_F(Decisions, AMentorAcceptsNoMoreThanAWeekAllows) {
  storage::AccountRecord mentor;
  mentor.mutable_mentor_offer()->set_weekly_capacity(2);
  engine_.Do(UpsertAccount("mo", mentor));
  const auto accept = [](absl::string_view mentee) {
    return Write("mo", storage::MENTOR_ACCEPT, storage::ITEM_ACCOUNT, mentee);
  };
  const std::vector<MutationResult> results = engine_.DoTogether({accept("a"), accept("b"), accept("c")});
  EXPECT_THAT(results[1].status, IsOk());
  EXPECT_EQ(ErrorReason(results[2].status), "MENTOR_FULL") << "those of the same batch count";
  EXPECT_EQ(Says(accept("c")), "MENTOR_FULL");
  EXPECT_EQ(Says(Unwrite("mo", storage::MENTOR_ACCEPT, storage::ITEM_ACCOUNT, "a")), "APPLIED");
  EXPECT_EQ(Says(accept("c")), "APPLIED");
  clock_.Advance(absl::Hours(24 * 8));
  EXPECT_EQ(Says(accept("d")), "APPLIED");
}

TEST_F(Decisions, AMenteeThatIsSentAgainIsNoneOfThisWeeks) {
  storage::AccountRecord mentor;
  mentor.mutable_mentor_offer()->set_weekly_capacity(1);
  engine_.Do(UpsertAccount("mo", mentor));
  const auto accept = [](absl::string_view mentee) {
    return Write("mo", storage::MENTOR_ACCEPT, storage::ITEM_ACCOUNT, mentee);
  };
  EXPECT_EQ(Says(accept("a")), "APPLIED");
  clock_.Advance(absl::Hours(24 * 8));
  EXPECT_EQ(Says(accept("a")), "DUPLICATE");
  EXPECT_EQ(Says(accept("b")), "APPLIED");
}

TEST_F(Decisions, WhatOurListsCausedStaysSoWhenItIsSentAgain) {
  engine_.DoTogether({UpsertAccount("ana"), UpsertAccount("ben"), UpsertAccount("cleo")});
  const auto organic = [&] {
    uint32_t followers = 0;
    engine_.Read(
        [&](const ReadView& view) { followers = view.graph.OrganicFollowerCount(view.catalog.FindAccount("ben")); });
    return followers;
  };
  storage::Mutation led = Follow("ana", "ben", 100);
  led.mutable_write_interaction()->mutable_record()->set_attributed(true);
  EXPECT_EQ(Says(led), "APPLIED");
  EXPECT_EQ(Says(Follow("ana", "ben", 200)), "APPLIED") << "the platform's nightly sync";
  EXPECT_EQ(organic(), 0u);
  EXPECT_EQ(Says(Follow("cleo", "ben", 100)), "APPLIED");
  led.mutable_write_interaction()->set_actor_id("cleo");
  led.mutable_write_interaction()->mutable_record()->set_event_time(300'000'000);
  EXPECT_EQ(Says(led), "APPLIED");
  EXPECT_EQ(organic(), 1u) << "nor does a list that names it later take the choice away";
  EXPECT_EQ(Says(Unfollow("ana", "ben", 400)), "APPLIED");
  EXPECT_EQ(Says(Follow("ana", "ben", 500)), "APPLIED");
  EXPECT_EQ(organic(), 2u) << "to follow again is a new choice";
  EXPECT_EQ(Says(Unfollow("cleo", "ben", 400)), "APPLIED");
  led.mutable_write_interaction()->mutable_record()->set_event_time(500'000'000);
  EXPECT_EQ(Says(led), "APPLIED");
  EXPECT_EQ(organic(), 1u) << "which a list can lead to";
}

TEST_F(Decisions, AMentorsWeekBeginsOnAWholeSecondInABatchAndOutsideOfOne) {
  storage::AccountRecord mentor;
  mentor.mutable_mentor_offer()->set_weekly_capacity(1);
  engine_.DoTogether({UpsertAccount("mo", mentor), UpsertAccount("ma", mentor)});
  // 0.2 s before the seven days begin, in the same second.
  const int64_t accepted_us = absl::ToUnixMicros(clock_.Now() - kMentorWeek) + 700'000;
  clock_.Advance(absl::Milliseconds(900));
  const auto accept = [&](absl::string_view who, absl::string_view mentee, int64_t time_us) {
    storage::Mutation mutation = Write(who, storage::MENTOR_ACCEPT, storage::ITEM_ACCOUNT, mentee);
    mutation.mutable_write_interaction()->mutable_record()->set_event_time(time_us);
    return mutation;
  };
  EXPECT_THAT(SaysTogether({accept("mo", "a", accepted_us), accept("mo", "b", 0)}),
              ElementsAre("APPLIED", "MENTOR_FULL"));
  EXPECT_EQ(Says(accept("ma", "a", accepted_us)), "APPLIED");
  EXPECT_EQ(Says(accept("ma", "b", 0)), "MENTOR_FULL");
}

TEST_F(Decisions, ARefusalChangesNothing) {
  engine_.Do(Follow("ana", "ben", 100));
  const uint64_t digest = engine_.Digest();
  const uint64_t revision = engine_.engine().gate().applied();
  const int64_t accounts_before = storage::GetMeta(*store_.TakeSnapshot())->value().next_account;
  Says(UpsertPost("p", "nobody"));
  Says(Delete(storage::ITEM_POST, "p"));
  Says(Write("zoe", storage::LIKE, storage::ITEM_POST, "p", 0, /*create_stubs=*/false));
  EXPECT_EQ(engine_.Digest(), digest);
  EXPECT_EQ(engine_.engine().gate().applied(), revision);
  EXPECT_EQ(storage::GetMeta(*store_.TakeSnapshot())->value().next_account, accounts_before);
}

TEST_F(Decisions, APostKeepsItsAuthor) {
  engine_.Do(UpsertPost("p", "ana", true));
  EXPECT_EQ(Says(UpsertPost("p", "ben", true)), "FIELD_OUT_OF_RANGE");
  EXPECT_EQ(Says(UpsertPost("p", "ana", true)), "APPLIED");
}

TEST_F(Decisions, DeletingAnAccountTakesEverythingItLeft) {
  engine_.Do(UpsertAccount("ana"));
  engine_.Do(UpsertPost("p", "ana"));
  engine_.Do(Follow("ana", "ben", 100));
  engine_.Do(Follow("ben", "ana", 100));
  engine_.Do(Write("ben", storage::LIKE, storage::ITEM_POST, "p", 100));
  engine_.Do(Write("ana", storage::READ, storage::ITEM_RESOURCE, "r", 100));
  engine_.Do(Delete(storage::ITEM_ACCOUNT, "ana"));
  engine_.FinishPurges();
  int left = 0;
  const auto count = [&](const auto&) {
    ++left;
    return absl::OkStatus();
  };
  ASSERT_THAT(storage::ScanEdges(*store_.TakeSnapshot(), count), IsOk());
  ASSERT_THAT(storage::ScanEvents(*store_.TakeSnapshot(), count), IsOk());
  ASSERT_THAT(storage::ScanPosts(*store_.TakeSnapshot(), count), IsOk());
  EXPECT_EQ(left, 0);
  engine_.Read([](const ReadView& view) {
    EXPECT_EQ(view.graph.follow_count(), 0);
    EXPECT_EQ(view.engagement.size(), 0);
    EXPECT_EQ(view.catalog.post_count(), 0);
  });
}

}  // namespace
}  // namespace staffroom
