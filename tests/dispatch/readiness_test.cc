#include "service/dispatch/readiness.h"

#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Readiness, BeginsRecovering) {
  const Readiness readiness;
  EXPECT_EQ(readiness.phase(), Phase::kRecovering);
  EXPECT_FALSE(IsHealthy(readiness.phase()));
  EXPECT_THAT(readiness.AdmitsCalls(), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("recovering")));
}

TEST(Readiness, AReadOnlyStoreAdmitsCallsButIsNotHealthy) {
  Readiness readiness;
  readiness.Set(Phase::kReadOnly);
  EXPECT_THAT(readiness.AdmitsCalls(), IsOk());
  EXPECT_FALSE(IsHealthy(readiness.phase()));
}

TEST(Readiness, DrainingIsFinal) {
  Readiness readiness;
  readiness.Set(Phase::kDraining);
  readiness.Set(Phase::kServing);
  EXPECT_THAT(readiness.AdmitsCalls(), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("draining")));
}

TEST(Readiness, ServesOnceRecoveryIsOverUnlessSomethingWorseHappenedMeanwhile) {
  for (const Phase meanwhile : {Phase::kReadOnly, Phase::kDraining}) {
    Readiness readiness;
    readiness.Set(meanwhile);
    readiness.Advance(Phase::kRecovering, Phase::kServing);
    EXPECT_EQ(readiness.phase(), meanwhile);
  }
  Readiness readiness;
  std::vector<Phase> heard;
  readiness.Subscribe([&heard](Phase phase) { heard.push_back(phase); });
  readiness.Advance(Phase::kRecovering, Phase::kServing);
  EXPECT_TRUE(IsHealthy(readiness.phase()));
  EXPECT_THAT(heard, ElementsAre(Phase::kRecovering, Phase::kServing));
}

TEST(Readiness, AListenerHearsTheStateItFindsAndEveryChangeOnce) {
  Readiness readiness;
  std::vector<Phase> heard;
  readiness.Subscribe([&heard](Phase phase) { heard.push_back(phase); });
  readiness.Set(Phase::kServing);
  readiness.Set(Phase::kServing);
  readiness.Set(Phase::kDraining);
  EXPECT_THAT(heard, ElementsAre(Phase::kRecovering, Phase::kServing, Phase::kDraining));
}

TEST(Readiness, AListenerThatLeftHearsNothing) {
  Readiness readiness;
  std::vector<Phase> heard;
  const int64_t subscription = readiness.Subscribe([&heard](Phase phase) { heard.push_back(phase); });
  readiness.Unsubscribe(subscription);
  readiness.Set(Phase::kServing);
  EXPECT_THAT(heard, ElementsAre(Phase::kRecovering));
}

}  // namespace
}  // namespace staffroom
