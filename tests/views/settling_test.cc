// How much one hold of the lock does for profiles, and that what it leaves is caught up with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "tests/views/told_views.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;

// A resource by account 1 that all the others saved.
class ACrowd : public ::testing::Test {
 protected:
  static constexpr uint32_t kFirst = 2, kLast = 3'001;

  ACrowd() {
    views_.Apply({Account(1), Resource(1, 1), Vector(storage::ITEM_RESOURCE, 1, 1, 0)});
    for (uint32_t account = kFirst; account <= kLast; ++account)
      views_.Apply({Account(account), Did(account, storage::SAVE, 1, 1'000)});
  }
  uint32_t CountAt(const std::vector<float>& profile) const {
    uint32_t count = 0;
    for (uint32_t account = kFirst; account <= kLast; ++account) count += views_.Profile(account) == profile ? 1 : 0;
    return count;
  }
  const uint32_t size_ = kLast - kFirst + 1;
  ToldViews views_;
};

TEST_F(ACrowd, IsLeftAloneByAChangeThatChangesNoVector) {
  ASSERT_TRUE(views_.IsSettled());
  ASSERT_EQ(CountAt({1, 0}), size_);
  views_.Apply({Resource(1, 1, 1), Vector(storage::ITEM_RESOURCE, 1, 1, 0)});
  EXPECT_TRUE(views_.IsSettled());
}

TEST_F(ACrowd, FollowsAChangedVectorInSlices) {
  views_.Apply({Vector(storage::ITEM_RESOURCE, 1, 0, 1)});
  EXPECT_FALSE(views_.IsSettled()) << "one batch refreshed them all";
  EXPECT_GT(CountAt({0, 1}), 0u);
  EXPECT_LT(CountAt({0, 1}), size_ / 2);
  EXPECT_FALSE(views_->SettleSome()) << "one slice refreshed the rest";
  views_.Settle();
  EXPECT_EQ(CountAt({0, 1}), size_);
}

TEST_F(ACrowd, IsCaughtUpWithByLaterBatches) {
  views_.Apply({Vector(storage::ITEM_RESOURCE, 1, 0, 1)});
  for (uint32_t i = 0; i < 20; ++i) views_.Apply({Account(kLast + 1 + i)});
  EXPECT_TRUE(views_.IsSettled());
  EXPECT_EQ(CountAt({0, 1}), size_);
}

TEST_F(ACrowd, LetsThoseWhoActGoFirst) {
  views_.Apply({Resource(2), Vector(storage::ITEM_RESOURCE, 2, 0, 1), Vector(storage::ITEM_RESOURCE, 1, 0, 1)});
  ASSERT_THAT(views_.Profile(kLast), ElementsAre(1, 0)) << "the last of the crowd waits";
  views_.Apply({Did(kLast, storage::SAVE, 2, 2'000)});
  EXPECT_FALSE(views_.IsSettled());
  EXPECT_THAT(views_.Profile(kLast), ElementsAre(0, 1));
}

TEST_F(ACrowd, ForgetsAnAuthorThatTurnsQuietOrIsErasedInSlices) {
  for (const Change& change : {Account(1, true), Change(AccountErased{AccountOrdinal(1)})}) {
    views_.Apply({change});
    EXPECT_FALSE(views_.IsSettled()) << "one batch refreshed them all";
    views_.Settle();
    EXPECT_EQ(CountAt({}), size_);
    views_.Apply({Account(1)});
    views_.Settle();
    EXPECT_EQ(CountAt({1, 0}), size_);
  }
}

TEST_F(ACrowd, StaysForgottenWhenTheQuietAuthorIsErased) {
  views_.Apply({Account(1, true)});
  views_.Settle();
  views_.Apply({AccountErased{AccountOrdinal(1)}});
  views_.Settle();
  EXPECT_EQ(CountAt({}), size_);
}

TEST(OneProfile, ForgetsAPostThatHasAnotherAuthor) {
  ToldViews views;
  views.Apply({Account(1), Account(2), Post(1, 1), Vector(storage::ITEM_POST, 1, 1, 0)});
  EXPECT_THAT(views.Profile(1), ElementsAre(1, 0));
  views.Apply({Post(1, 2, 1)});
  EXPECT_TRUE(views.Profile(1).empty());
  EXPECT_THAT(views.Profile(2), ElementsAre(1, 0));
}

TEST(OneProfile, LooksPastWhatSaysNothingButNotForEver) {
  ToldViews views;
  views.Apply({Account(1), Resource(1), Vector(storage::ITEM_RESOURCE, 1, 1, 0), Did(1, storage::LIKE, 1, 1)});
  const auto repeat = [&](storage::InteractionKind kind, int64_t count) {
    std::vector<Change> acts;
    for (int64_t i = 0; i < count; ++i) {
      acts.push_back(Did(1, kind, 1, 2 + i));
      if (acts.size() < 1'000) continue;
      views.Apply(acts);
      acts.clear();
    }
    views.Apply(acts);
    views.Apply({Account(1)});  // the account is written anew, and so its profile
  };
  repeat(storage::IMPRESSION, 140'000);
  EXPECT_THAT(views.Profile(1), ElementsAre(1, 0)) << "impressions are in nobody's way";
  repeat(storage::DISMISS, 5'000);
  EXPECT_THAT(views.Profile(1), ElementsAre(1, 0));
  repeat(storage::DISMISS, 140'000);
  EXPECT_TRUE(views.Profile(1).empty());
}

}  // namespace
}  // namespace staffroom
