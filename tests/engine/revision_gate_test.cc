// Reads that wait for a revision: who is answered, when, and with what.
#include "service/engine/revision_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <future>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/base/clock.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/engine/engine_limits.h"
#include "tests/support/hand_clock.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

class RevisionGateTest : public ::testing::Test {
 protected:
  HandClock clock_;
  RevisionGate gate_{&clock_};
};

TEST_F(RevisionGateTest, LetsAReadPassOnceItsRevisionIsApplied) {
  gate_.Committed(5);
  std::vector<int> answered;
  gate_.Await(5, absl::InfiniteFuture(), [&](const absl::Status& status) { answered.push_back(status.ok() ? 5 : -5); });
  gate_.Await(3, absl::InfiniteFuture(), [&](const absl::Status& status) { answered.push_back(status.ok() ? 3 : -3); });
  EXPECT_THAT(answered, testing::IsEmpty());
  gate_.Open(4);
  EXPECT_THAT(answered, testing::ElementsAre(3));
  gate_.Committed(5);
  gate_.Open(5);
  EXPECT_THAT(answered, testing::ElementsAre(3, 5));
}

TEST_F(RevisionGateTest, RefusesWhatIsNotCommitted) {
  gate_.Open(4);
  std::string reason;
  gate_.Await(5, absl::InfiniteFuture(), [&](const absl::Status& status) { reason = ErrorReason(status); });
  EXPECT_EQ(reason, "REVISION_FROM_THE_FUTURE");
}

TEST_F(RevisionGateTest, AnswersThoseWhoWaitWhenItCloses) {
  gate_.Committed(5);
  absl::Status answer;
  gate_.Await(5, absl::InfiniteFuture(), [&](const absl::Status& status) { answer = status; });
  gate_.Close(ReadOnlyStore());
  EXPECT_EQ(ErrorReason(answer), "READ_ONLY_STORE");
}

TEST_F(RevisionGateTest, ParksABoundedNumberOfReads) {
  gate_.Committed(1);
  std::string reason;
  for (size_t i = 0; i <= kParkedReads; ++i) {
    gate_.Await(1, absl::InfiniteFuture(), [&](const absl::Status& status) { reason = ErrorReason(status); });
  }
  EXPECT_EQ(reason, "QUEUE_FULL");
}

TEST_F(RevisionGateTest, AnswersAReadAtItsDeadline) {
  gate_.Committed(5);
  std::vector<std::string> answered;
  gate_.Await(5, clock_.Now() + absl::Seconds(1),
              [&](const absl::Status& status) { answered.push_back("early " + std::string(status.message())); });
  gate_.Await(5, clock_.Now() + absl::Seconds(3), [&](const absl::Status&) { answered.push_back("late"); });
  clock_.Advance(absl::Milliseconds(999));
  gate_.AnswerOverdue();
  EXPECT_THAT(answered, testing::IsEmpty());
  clock_.Advance(absl::Milliseconds(1));
  gate_.AnswerOverdue();
  EXPECT_THAT(answered, testing::ElementsAre(testing::StartsWith("early")));
  gate_.Open(5);
  EXPECT_EQ(answered.size(), 2u) << "the other is answered once, when its revision is applied";
}

TEST_F(RevisionGateTest, LetsNobodyWaitLongerThanTheContractSays) {
  gate_.Committed(5);
  absl::Status answer;
  gate_.Await(5, clock_.Now() + absl::Hours(1), [&](const absl::Status& status) { answer = status; });
  clock_.Advance(limits::kMinRevisionWait - absl::Milliseconds(1));
  gate_.AnswerOverdue();
  EXPECT_THAT(answer, IsOk());
  clock_.Advance(absl::Milliseconds(1));
  gate_.AnswerOverdue();
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST(RevisionGateTimer, AnswersWithoutBeingAskedTo) {
  const std::unique_ptr<Clock> clock = NewSystemClock();
  RevisionGate gate(clock.get());
  gate.Committed(5);
  std::promise<absl::Status> first, second;
  gate.Await(5, clock->Now() + absl::Hours(1), [](const absl::Status&) {});
  gate.Await(5, clock->Now() + absl::Milliseconds(20), [&](const absl::Status& status) { first.set_value(status); });
  EXPECT_THAT(first.get_future().get(), StatusIs(absl::StatusCode::kDeadlineExceeded));
  gate.Await(5, clock->Now() + absl::Milliseconds(20), [&](const absl::Status& status) { second.set_value(status); });
  EXPECT_THAT(second.get_future().get(), StatusIs(absl::StatusCode::kDeadlineExceeded));
}

}  // namespace
}  // namespace staffroom
