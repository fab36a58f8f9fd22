// Reasons that speak of edges: true, and giving nobody away.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/recommend/questions.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr ReasonKind kFollowedBy = ReasonKind::kFollowedByPeopleYouFollow;

class GraphReasons : public ::testing::Test {
 protected:
  GraphReasons() {
    for (const char* id : {"ana", "ben", "cleo", "dora", "emil", "fay", "x"}) {
      world_.Put(AccountSpec{.id = id, .display_name = std::string("Teacher ") + id});
    }
  }
  // ana follows them, and they follow x.
  void Between(const std::vector<std::string>& middles) {
    for (const std::string& middle : middles) {
      world_.Follow("ana", middle);
      world_.Follow(middle, "x");
    }
  }
  Answer Ask() const { return Questions(&world_, OnlyEverything(), DefaultFilters()).Ask(Accounts("ana")); }

  World world_;
};

TEST_F(GraphReasons, FollowedByNamesThoseWhomTheAskerFollows) {
  Between({"ben"});
  world_.Follow("cleo", "x");  // ana does not follow cleo
  const auto reason = ReasonOf(Ask(), "x", kFollowedBy);
  ASSERT_TRUE(reason.has_value());
  EXPECT_THAT(reason->account_ids, ElementsAre("ben"));
  EXPECT_EQ(reason->text, "Followed by Teacher ben, whom you follow.");
}

TEST_F(GraphReasons, ThreeAreNamedTheBestKnownFirstAndFromFiveOnTheyAreCounted) {
  Between({"ben", "cleo", "dora", "emil"});
  world_.Follow("fay", "emil");
  auto reason = ReasonOf(Ask(), "x", kFollowedBy);
  ASSERT_TRUE(reason.has_value());
  EXPECT_THAT(reason->account_ids, ElementsAre("emil", "ben", "cleo"));
  EXPECT_EQ(reason->count, 0) << "four are not told";
  EXPECT_THAT(reason->text, HasSubstr("Teacher cleo and others"));
  Between({"fay"});
  reason = ReasonOf(Ask(), "x", kFollowedBy);
  ASSERT_TRUE(reason.has_value());
  EXPECT_EQ(reason->count, 5);
  EXPECT_THAT(reason->text, HasSubstr("and 2 others"));
}

TEST_F(GraphReasons, WhoHidesItsFollowsIsNeitherNamedNorCounted) {
  Between({"ben"});
  world_.Put(AccountSpec{.id = "ben", .follows_hidden = true});
  EXPECT_FALSE(ReasonOf(Ask(), "x", kFollowedBy).has_value());
  Between({"cleo", "dora", "emil", "fay"});
  const auto reason = ReasonOf(Ask(), "x", kFollowedBy);
  ASSERT_TRUE(reason.has_value());
  EXPECT_EQ(reason->count, 0) << "five less the hidden one";
  EXPECT_THAT(reason->account_ids, Not(testing::Contains("ben")));
}

TEST_F(GraphReasons, WhoMayNotBeShownIsNotNamed) {
  Between({"ben"});
  world_.Put(AccountSpec{.id = "ben", .exposure = storage::NOBODY});
  EXPECT_FALSE(ReasonOf(Ask(), "x", kFollowedBy).has_value());
}

TEST_F(GraphReasons, AReasonCrossesNoBlock) {
  Between({"ben", "cleo"});
  world_.Block("ben", "ana");
  world_.Block("x", "cleo");
  EXPECT_FALSE(ReasonOf(Ask(), "x", kFollowedBy).has_value());
}

TEST_F(GraphReasons, WhoWasTakenDownOrMutedIsNotNamed) {
  Between({"ben", "cleo"});
  world_.Put(AccountSpec{.id = "ben", .state = storage::SUSPENDED});
  world_.Mute("ana", "cleo");
  EXPECT_FALSE(ReasonOf(Ask(), "x", kFollowedBy).has_value());
}

TEST_F(GraphReasons, FollowsYouNeedsVisibleFollows) {
  world_.Follow("x", "ana");
  const auto reason = ReasonOf(Ask(), "x", ReasonKind::kFollowsYou);
  ASSERT_TRUE(reason.has_value());
  EXPECT_THAT(reason->account_ids, ElementsAre("x"));
  world_.Put(AccountSpec{.id = "x", .follows_hidden = true});
  EXPECT_FALSE(ReasonOf(Ask(), "x", ReasonKind::kFollowsYou).has_value());
  EXPECT_EQ(FeatureOf(Ask(), "x", "follows_you"), 0);
}

TEST_F(GraphReasons, RepliedToYouIsAboutAnythingOfTheAskersAndNeedsVisibleFollows) {
  world_.Put(PostSpec{.id = "question", .author = "ana"});
  world_.Reply("x", PostRef("question"));
  world_.Reply("ben", AccountRef("ana"));
  EXPECT_TRUE(ReasonOf(Ask(), "x", ReasonKind::kRepliedToYou).has_value());
  EXPECT_TRUE(ReasonOf(Ask(), "ben", ReasonKind::kRepliedToYou).has_value());
  EXPECT_FALSE(ReasonOf(Ask(), "cleo", ReasonKind::kRepliedToYou).has_value());
  world_.Put(AccountSpec{.id = "x", .follows_hidden = true});
  EXPECT_FALSE(ReasonOf(Ask(), "x", ReasonKind::kRepliedToYou).has_value());
  world_.Put(AccountSpec{.id = "ben", .profiling_off = true});
  EXPECT_FALSE(ReasonOf(Ask(), "ben", ReasonKind::kRepliedToYou).has_value()) << "nothing is derived from its events";
}

TEST_F(GraphReasons, SameOrganizationNamesOneThatMayBeShown) {
  world_.Put(AccountSpec{.id = "school", .kind = storage::ORGANIZATION, .display_name = "Hill School"});
  world_.Join("ana", "school");
  EXPECT_FALSE(ReasonOf(Ask(), "x", ReasonKind::kSameOrganization).has_value());
  world_.Join("x", "school");
  const auto reason = ReasonOf(Ask(), "x", ReasonKind::kSameOrganization);
  ASSERT_TRUE(reason.has_value());
  EXPECT_THAT(reason->account_ids, ElementsAre("school"));
  EXPECT_EQ(reason->text, "Belongs to Hill School, as you do.");
  world_.Put(AccountSpec{.id = "school", .kind = storage::ORGANIZATION, .exposure = storage::NOBODY});
  EXPECT_FALSE(ReasonOf(Ask(), "x", ReasonKind::kSameOrganization).has_value());
  EXPECT_EQ(FeatureOf(Ask(), "x", "same_organization"), 0);
}

}  // namespace
}  // namespace staffroom
