#include <string>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/story.h"
#include "tests/integration/visibility.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kThen = absl::FromUnixSeconds(1'780'000'000);

// Vera looks at Sam; Mid is somebody else, and Club an organization.
Story WithExposure(v1::Account::Exposure exposure) {
  Story story;
  story.Account("vera");
  story.Account("mid");
  story.Account("club", v1::Account::NETWORK);
  story.Account("sam").set_exposure(exposure);
  return story;
}

void Follow(Story& story, const std::string& follower, const std::string& followed) {
  story.Act(follower, v1::Interaction::FOLLOW, AccountThing(followed), kThen);
}
void Join(Story& story, const std::string& actor) {
  story.Act(actor, v1::Interaction::JOIN, AccountThing("club"), kThen);
}
void MakeQuiet(Story& story, const std::string& id) {
  v1::Account& account = story.Account(id);  // a second record of the id replaces the first
  account.set_exposure(v1::Account::NOBODY);
  account.set_follows_visibility(v1::Account::HIDDEN);
}
bool VeraSees(Story& story, const Thing& thing = AccountThing("sam")) {
  return MayBeShown(Community(story.records(), kThen), "vera", thing);
}
bool VisitorSees(Story& story) { return MayBeShown(Community(story.records(), kThen), "", AccountThing("sam")); }

TEST(Visibility, ShowsEverybodyToVisitorsToo) {
  Story story = WithExposure(v1::Account::EVERYBODY);
  EXPECT_TRUE(VisitorSees(story));
  EXPECT_TRUE(VeraSees(story));
}

TEST(Visibility, ShowsNobodyNotEvenToFollowersAndColleagues) {
  Story story = WithExposure(v1::Account::NOBODY);
  Follow(story, "vera", "sam");
  Follow(story, "sam", "vera");
  Join(story, "vera");
  Join(story, "sam");
  EXPECT_FALSE(VeraSees(story));
}

TEST(Visibility, ShowsMyOrganizationsToThoseWhoJoinedTheSame) {
  Story story = WithExposure(v1::Account::MY_ORGANIZATIONS);
  Join(story, "vera");
  EXPECT_FALSE(VeraSees(story));
  Join(story, "sam");
  EXPECT_TRUE(VeraSees(story));
  EXPECT_FALSE(VisitorSees(story));
  story.TakeBack("vera", v1::Interaction::JOIN, AccountThing("club"), kThen);
  EXPECT_FALSE(VeraSees(story));
}

TEST(Visibility, ShowsFriendsOfFriendsAlongPathsThatStartAtTheAccount) {
  Story pushed = WithExposure(v1::Account::FRIENDS_OF_FRIENDS);
  Follow(pushed, "vera", "sam");
  Follow(pushed, "vera", "mid");
  Follow(pushed, "mid", "sam");
  EXPECT_FALSE(VeraSees(pushed)) << "nobody can push in by following";

  Story direct = WithExposure(v1::Account::FRIENDS_OF_FRIENDS);
  Follow(direct, "sam", "vera");
  EXPECT_TRUE(VeraSees(direct));

  Story two_steps = WithExposure(v1::Account::FRIENDS_OF_FRIENDS);
  Follow(two_steps, "sam", "mid");
  Follow(two_steps, "mid", "vera");
  EXPECT_TRUE(VeraSees(two_steps));
  MakeQuiet(two_steps, "mid");
  EXPECT_FALSE(VeraSees(two_steps)) << "the edges of the quiet open nothing";
}

TEST(Visibility, OpensNothingByTheJoinsOfTheQuiet) {
  Story story = WithExposure(v1::Account::MY_ORGANIZATIONS);
  Join(story, "vera");
  Join(story, "sam");
  MakeQuiet(story, "vera");
  EXPECT_FALSE(VeraSees(story));
}

TEST(Visibility, ShowsAPostWhereAuthorAndAudienceAdmit) {
  Story story = WithExposure(v1::Account::EVERYBODY);
  story.Post("note", "sam").set_audience(v1::Post::FOLLOWERS);
  EXPECT_FALSE(VeraSees(story, PostThing("note")));
  Follow(story, "vera", "sam");
  EXPECT_TRUE(VeraSees(story, PostThing("note")));
  story.Account("sam").set_exposure(v1::Account::NOBODY);
  EXPECT_FALSE(VeraSees(story, PostThing("note")));
}

TEST(Visibility, ShowsAResourceWhereAuthorAndPublisherMayBeShown) {
  Story story = WithExposure(v1::Account::NOBODY);
  story.Resource("free");
  story.Resource("written", "sam");
  story.Resource("published", "mid").set_publisher_id("sam");
  EXPECT_TRUE(VeraSees(story, ResourceThing("free")));
  EXPECT_FALSE(VeraSees(story, ResourceThing("written")));
  EXPECT_FALSE(VeraSees(story, ResourceThing("published")));
}

TEST(Visibility, NamesAllThatHidesAThing) {
  Story story = WithExposure(v1::Account::EVERYBODY);
  EXPECT_THAT(WhyHidden(Community(story.records(), kThen), "vera", AccountThing("sam")), IsEmpty());
  story.Account("sam").set_state(v1::ModerationState::UNDER_REVIEW);
  story.Act("sam", v1::Interaction::BLOCK, AccountThing("vera"), kThen);
  story.Act("vera", v1::Interaction::MUTE, AccountThing("sam"), kThen);
  EXPECT_THAT(WhyHidden(Community(story.records(), kThen), "vera", AccountThing("sam")),
              ElementsAre("state", "block", "mute"));
  EXPECT_THAT(WhyHidden(Community(story.records(), kThen), "vera", AccountThing("stub")), ElementsAre("unknown"));
}

TEST(Community, KeepsPrivacyWhenALaterRecordLeavesItOut) {
  Story story = WithExposure(v1::Account::NOBODY);
  story.Account("sam").set_bio("as the nightly sync has it");
  EXPECT_FALSE(VeraSees(story));
}

TEST(Community, LetsTheLatestWriterWinByEventTime) {
  Story story = WithExposure(v1::Account::EVERYBODY);
  story.TakeBack("vera", v1::Interaction::FOLLOW, AccountThing("sam"), kThen);
  story.Act("vera", v1::Interaction::FOLLOW, AccountThing("sam"), kThen - absl::Seconds(1));
  EXPECT_FALSE(Follows(Community(story.records(), kThen), "vera", "sam")) << "the older follow came late";
  story.Act("vera", v1::Interaction::FOLLOW, AccountThing("sam"), kThen);
  EXPECT_TRUE(Follows(Community(story.records(), kThen), "vera", "sam")) << "of equals the one that came later";
}

TEST(Community, ForgetsAnEventThatWasDeleted) {
  Story story = WithExposure(v1::Account::EVERYBODY);
  story.Act("vera", v1::Interaction::READ, PostThing("note"), kThen);
  EXPECT_TRUE(Community(story.records(), kThen).Did("vera", v1::Interaction::READ, PostThing("note")));
  story.TakeBack("vera", v1::Interaction::READ, PostThing("note"), kThen);
  EXPECT_FALSE(Community(story.records(), kThen).Did("vera", v1::Interaction::READ, PostThing("note")));
}

}  // namespace
}  // namespace staffroom
