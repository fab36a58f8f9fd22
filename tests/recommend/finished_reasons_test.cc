// The gate between a draft and a reason: whatever a finder believed, what must not be named does not leave.

#include <string>

#include "absl/types/optional.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/recommend/reasons/draft.h"
#include "tests/recommend/questions.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;

class Finishing : public ::testing::Test {
 protected:
  Finishing() {
    for (const char* id : {"ana", "ben", "x"}) world_.Put(AccountSpec{.id = id});
  }

  // A draft about x that names ben.
  absl::optional<Reason> Finished(ReasonKind kind, int count = 0) const {
    absl::optional<Reason> reason;
    world_.Read([&](const ReadView& view) {
      const Query query = Accounts("ana");
      Scratch scratch;
      scratch.Fit({view.catalog.account_limit(), view.catalog.resource_limit()});
      const absl::StatusOr<Asking> asking = Asking::Resolve(view, query, scratch);
      const DraftReason draft{kind, {Item(view.catalog.FindAccount("ben"))}, count, ""};
      reason = Finish(*asking, ReasonOptions(), Item(view.catalog.FindAccount("x")), draft);
    });
    return reason;
  }
  bool MayName(ReasonKind kind) const { return Finished(kind).has_value(); }

  World world_;
};

constexpr ReasonKind kFollowedBy = ReasonKind::kFollowedByPeopleYouFollow;

TEST_F(Finishing, NamesWhoMayBeNamed) {
  const auto reason = Finished(kFollowedBy);
  ASSERT_TRUE(reason.has_value());
  EXPECT_THAT(reason->account_ids, ElementsAre("ben"));
}

TEST_F(Finishing, NamesNobodyWhoMayNotBeShownIsBlockedMutedTakenDownOrGone) {
  world_.Put(AccountSpec{.id = "ben", .exposure = storage::NOBODY});
  EXPECT_FALSE(MayName(kFollowedBy));
  world_.Put(AccountSpec{.id = "ben", .state = storage::UNDER_REVIEW});
  EXPECT_FALSE(MayName(kFollowedBy));
  world_.Put(AccountSpec{.id = "ben"});
  world_.Mute("ana", "ben");
  EXPECT_FALSE(MayName(kFollowedBy));
  world_.Do({"ana", storage::MUTE, AccountRef("ben"), absl::Hours(1), false, /*undone=*/true});
  EXPECT_TRUE(MayName(kFollowedBy));
  world_.Block("ben", "ana");
  EXPECT_FALSE(MayName(kFollowedBy));
}

TEST_F(Finishing, NamesWhoHidesItsFollowsOnlyForItsOffer) {
  world_.Put(AccountSpec{.id = "ben", .follows_hidden = true});
  for (const ReasonKind kind : {kFollowedBy, ReasonKind::kFollowsYou, ReasonKind::kRepliedToYou, ReasonKind::kSimilarTo,
                                ReasonKind::kSameOrganization}) {
    EXPECT_FALSE(MayName(kind)) << static_cast<int>(kind);
  }
  EXPECT_TRUE(MayName(ReasonKind::kOffersMentoring));
}

TEST_F(Finishing, TellsNoCountBelowFive) {
  EXPECT_EQ(Finished(kFollowedBy, 4)->count, 0);
  EXPECT_EQ(Finished(kFollowedBy, 4)->text, "Followed by ben and others, whom you follow.");
  EXPECT_EQ(Finished(kFollowedBy, 5)->count, 5);
  EXPECT_EQ(Finished(kFollowedBy, 5)->text, "Followed by ben and 4 others, whom you follow.");
}

TEST_F(Finishing, ShortensLongNamesBetweenCharacters) {
  std::string name = "x";
  for (int i = 0; i < 100; ++i) name += "é";
  world_.Put(AccountSpec{.id = "ben", .display_name = name});
  const std::string text = Finished(kFollowedBy)->text;
  EXPECT_LE(text.size(), 512u);
  EXPECT_THAT(text, testing::HasSubstr("é…, whom"));
}

}  // namespace
}  // namespace staffroom
