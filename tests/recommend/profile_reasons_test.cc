// Reasons that speak of what both sides say and use, and the two that are left when nothing else holds.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/recommend/questions.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Answer AskAll(const World& world, const Query& query) {
  return Questions(&world, OnlyEverything(), DefaultFilters()).Ask(query);
}

std::string TopicOf(const World& world, const Query& query, absl::string_view id, ReasonKind kind) {
  const auto reason = ReasonOf(AskAll(world, query), id, kind);
  return reason.has_value() ? reason->topic : "(no such reason)";
}

constexpr char kNone[] = "(no such reason)";

TEST(WordReasons, SharedInterestsNameTheMostTellingWordFolded) {
  World world;
  world.Put(AccountSpec{.id = "ana", .interests = {"Art", "Fractions", "Poetry"}});
  world.Put(AccountSpec{.id = "ben", .interests = {"art", "FRACTIONS"}});
  world.Put(AccountSpec{.id = "cleo", .interests = {"chess"}, .tags = {"art"}});
  EXPECT_EQ(TopicOf(world, Accounts("ana"), "ben", ReasonKind::kSharesInterests), "fractions");
  EXPECT_EQ(TopicOf(world, Accounts("ana"), "cleo", ReasonKind::kSharesInterests), kNone);
}

TEST(WordReasons, AVisitorsWordsCountAsWell) {
  World world;
  world.Put(
      AccountSpec{.id = "ben", .interests = {"art"}, .subjects = {"Music"}, .grade_bands = {2}, .region = "GB-SCT"});
  Query query = Accounts("");
  query.profile = {.interests = {"ART"}, .subjects = {"music"}, .grade_bands = {2}, .languages = {}, .region = "gb"};
  EXPECT_EQ(TopicOf(world, query, "ben", ReasonKind::kSharesInterests), "art");
  EXPECT_EQ(TopicOf(world, query, "ben", ReasonKind::kSameSubjectAndGrade), "music");
  EXPECT_EQ(TopicOf(world, query, "ben", ReasonKind::kNearby), "GB");
}

TEST(WordReasons, SameSubjectNeedsAGradeInCommonToo) {
  World world;
  world.Put(AccountSpec{.id = "ana", .subjects = {"Music"}, .grade_bands = {2, 3}});
  world.Put(AccountSpec{.id = "ben", .subjects = {"music"}, .grade_bands = {3}});
  world.Put(AccountSpec{.id = "cleo", .subjects = {"music"}, .grade_bands = {4}});
  world.Put(ResourceSpec{.id = "song", .subjects = {"MUSIC"}, .grade_bands = {2}});
  EXPECT_EQ(TopicOf(world, Accounts("ana"), "ben", ReasonKind::kSameSubjectAndGrade), "music");
  EXPECT_EQ(TopicOf(world, Accounts("ana"), "cleo", ReasonKind::kSameSubjectAndGrade), kNone);
  EXPECT_EQ(TopicOf(world, Resources("ana"), "song", ReasonKind::kSameSubjectAndGrade), "music");
}

TEST(WordReasons, PostsAboutLooksOnlyAtPostsThatTheAskerMaySee) {
  World world;
  world.Put(AccountSpec{.id = "ana", .interests = {"phonics"}});
  world.Put(AccountSpec{.id = "ben"});
  world.Put(PostSpec{.id = "p", .author = "ben", .tags = {"Phonics"}, .audience = storage::FOLLOWERS});
  EXPECT_EQ(TopicOf(world, Accounts("ana"), "ben", ReasonKind::kPostsAbout), kNone);
  world.Put(PostSpec{.id = "p", .author = "ben", .tags = {"Phonics"}});
  EXPECT_EQ(TopicOf(world, Accounts("ana"), "ben", ReasonKind::kPostsAbout), "phonics");
  world.Put(PostSpec{.id = "p", .author = "ben", .tags = {"Phonics"}, .state = storage::SUSPENDED});
  EXPECT_EQ(TopicOf(world, Accounts("ana"), "ben", ReasonKind::kPostsAbout), kNone);
}

TEST(WordReasons, NearbyIsTheBroaderOfTwoRegionsThatCoverEachOther) {
  World world;
  world.Put(AccountSpec{.id = "ana", .region = "GB-SCT"});
  world.Put(AccountSpec{.id = "ben", .region = "gb-sct"});
  world.Put(AccountSpec{.id = "cleo", .region = "GB"});
  world.Put(AccountSpec{.id = "dora", .region = "GB-ENG"});
  EXPECT_EQ(TopicOf(world, Accounts("ana"), "ben", ReasonKind::kNearby), "GB-SCT");
  EXPECT_EQ(TopicOf(world, Accounts("ana"), "cleo", ReasonKind::kNearby), "GB");
  EXPECT_EQ(TopicOf(world, Accounts("ana"), "dora", ReasonKind::kNearby), kNone);
}

TEST(WordReasons, NothingIsComparedWithAnAccountThatTurnedProfilingOff) {
  World world;
  world.Put(AccountSpec{.id = "ana", .interests = {"art"}, .region = "GB"});
  world.Put(AccountSpec{.id = "ben", .interests = {"art"}, .region = "GB", .profiling_off = true});
  EXPECT_THAT(Find(AskAll(world, Accounts("ana")), "ben")->reasons, IsEmpty());
  EXPECT_THAT(Find(AskAll(world, Accounts("ben")), "ana")->reasons, IsEmpty());
}

TEST(MentorReason, NeedsRoomWithinTheWeek) {
  World world;
  world.Put(AccountSpec{.id = "ana", .subjects = {"art"}});
  world.Put(AccountSpec{.id = "ben", .mentors = true, .mentor_topics = {"Art"}, .weekly_capacity = 1});
  const auto reason = ReasonOf(AskAll(world, Accounts("ana")), "ben", ReasonKind::kOffersMentoring);
  ASSERT_TRUE(reason.has_value());
  EXPECT_THAT(reason->account_ids, ElementsAre("ben"));
  EXPECT_EQ(FeatureOf(AskAll(world, Accounts("ana")), "ben", "mentor_match"), 1);
  world.Do({"ben", storage::MENTOR_ACCEPT, AccountRef("cleo")});
  EXPECT_FALSE(ReasonOf(AskAll(world, Accounts("ana")), "ben", ReasonKind::kOffersMentoring).has_value());
}

TEST(SimilarToReason, NamesTheNearestThingSavedOrAccountFollowed) {
  World world;
  world.Put(AccountSpec{.id = "ana"});
  world.Put(AccountSpec{.id = "ben", .vector = {1, 0}});
  world.Put(AccountSpec{.id = "cleo", .vector = {0, 1}});
  world.Put(ResourceSpec{.id = "film", .title = "A film", .vector = {0, 1, 0.1f}});
  world.Put(AccountSpec{.id = "x", .vector = {1, 0.1f}});
  world.Put(AccountSpec{.id = "y", .vector = {0.1f, 1, 0.1f}});
  world.Put(AccountSpec{.id = "far", .vector = {0, 0, 0, 1}});
  world.Follow("ana", "ben");
  world.Follow("ana", "cleo");
  world.Save("ana", ResourceRef("film"));
  const Answer answer = AskAll(world, Accounts("ana"));
  EXPECT_THAT(ReasonOf(answer, "x", ReasonKind::kSimilarTo).value().account_ids, ElementsAre("ben"));
  EXPECT_THAT(ReasonOf(answer, "y", ReasonKind::kSimilarTo).value().resource_ids, ElementsAre("film"));
  EXPECT_EQ(ReasonOf(answer, "y", ReasonKind::kSimilarTo).value().text, "Similar to A film, which you saved.");
  EXPECT_FALSE(ReasonOf(answer, "far", ReasonKind::kSimilarTo).has_value());
}

TEST(SimilarToReason, NamesNoFollowedAccountThatHidesItsFollowsAndNothingMerelyLiked) {
  World world;
  world.Put(AccountSpec{.id = "ana"});
  world.Put(AccountSpec{.id = "ben", .follows_hidden = true, .vector = {1, 0}});
  world.Put(ResourceSpec{.id = "film", .vector = {1, 0}});
  world.Put(AccountSpec{.id = "x", .vector = {1, 0}});
  world.Follow("ana", "ben");
  world.Like("ana", ResourceRef("film"));
  EXPECT_FALSE(ReasonOf(AskAll(world, Accounts("ana")), "x", ReasonKind::kSimilarTo).has_value());
}

TEST(GeneralReasons, NewAndPopularAreSaidOnlyWhenNothingAboutTheAskerHolds) {
  World world;
  world.Put(AccountSpec{.id = "ana", .interests = {"art"}});
  world.Put(AccountSpec{.id = "new", .created_ago = absl::Hours(24 * 29)});
  world.Put(AccountSpec{.id = "old", .created_ago = absl::Hours(24 * 31)});
  world.Put(AccountSpec{.id = "new artist", .interests = {"art"}, .created_ago = absl::Hours(24)});
  world.Put(AccountSpec{.id = "famous"});
  for (const char* fan : {"f1", "f2", "f3", "f4", "f5"}) {
    world.Put(AccountSpec{.id = fan});
    world.Follow(fan, "famous");
    if (fan != std::string("f5")) world.Follow(fan, "old");
  }
  const Answer answer = AskAll(world, Accounts("ana"));
  EXPECT_TRUE(ReasonOf(answer, "new", ReasonKind::kNew).has_value());
  EXPECT_TRUE(ReasonOf(answer, "famous", ReasonKind::kPopular).has_value());
  EXPECT_THAT(Find(answer, "old")->reasons, IsEmpty()) << "four followers, and no news";
  EXPECT_FALSE(ReasonOf(answer, "new artist", ReasonKind::kNew).has_value());
}

TEST(GeneralReasons, PopularityIsWithoutTheQuietAndWithoutWhatOurListsCaused) {
  World world;
  world.Put(AccountSpec{.id = "ana"});
  world.Put(ResourceSpec{.id = "film"});
  for (const char* fan : {"f1", "f2", "f3"}) {
    world.Put(AccountSpec{.id = fan});
    world.ReadThrough(fan, ResourceRef("film"));
  }
  world.Put(Quiet({.id = "q"}));
  world.ReadThrough("q", ResourceRef("film"));
  world.Put(AccountSpec{.id = "off", .profiling_off = true});
  world.ReadThrough("off", ResourceRef("film"));
  world.Put(AccountSpec{.id = "led"});
  world.Do({.actor = "led", .kind = storage::READ, .target = ResourceRef("film"), .attributed = true});
  EXPECT_FALSE(ReasonOf(AskAll(world, Resources("ana")), "film", ReasonKind::kPopular).has_value());
  for (const char* fan : {"f1", "f2", "f3"}) world.Like(fan, ResourceRef("film"));
  EXPECT_FALSE(ReasonOf(AskAll(world, Resources("ana")), "film", ReasonKind::kPopular).has_value())
      << "six acts of three people are not many people";
  for (const char* fan : {"f4", "f5"}) {
    world.Put(AccountSpec{.id = fan});
    world.ReadThrough(fan, ResourceRef("film"));
  }
  EXPECT_TRUE(ReasonOf(AskAll(world, Resources("ana")), "film", ReasonKind::kPopular).has_value());
}

}  // namespace
}  // namespace staffroom
