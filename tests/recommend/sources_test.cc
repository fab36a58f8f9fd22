// Where candidates come from, source by source, and through whom they do not come.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/recommend/sources/sources.h"
#include "tests/recommend/questions.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::vector<std::string> From(std::unique_ptr<Source> source, const World& world, const Query& query) {
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(std::move(source));
  return Ids(Questions(&world, std::move(sources), DefaultFilters()).Ask(query));
}

class FriendsOfFriends : public ::testing::Test {
 protected:
  FriendsOfFriends() {
    for (const char* id : {"ana", "ben", "cleo", "x", "y"}) world_.Put(AccountSpec{.id = id});
  }
  std::vector<std::string> Found() const { return From(NewFriendsOfFriends(), world_, Accounts("ana")); }
  World world_;
};

TEST_F(FriendsOfFriends, AreFoundThroughWhomTheAskerFollowsOrHasAnswered) {
  world_.Follow("ana", "ben");
  world_.Follow("ben", "x");
  world_.Reply("ana", AccountRef("cleo"));
  world_.Reply("cleo", AccountRef("y"));
  EXPECT_THAT(Found(), UnorderedElementsAre("x", "y"));
}

TEST_F(FriendsOfFriends, ComeFirstWhenTheirFriendFollowsFew) {
  world_.Follow("ana", "ben");
  world_.Follow("ana", "cleo");
  world_.Follow("ben", "x");
  world_.Follow("cleo", "y");
  for (const char* other : {"o1", "o2", "o3"}) {
    world_.Put(AccountSpec{.id = other});
    world_.Follow("ben", other);
  }
  EXPECT_EQ(Found()[0], "y");
}

TEST_F(FriendsOfFriends, DoNotComeThroughWhoHidesItsFollows) {
  world_.Put(AccountSpec{.id = "ben", .follows_hidden = true});
  world_.Follow("ana", "ben");
  world_.Follow("ben", "x");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(FriendsOfFriends, AreFoundAmongThoseWhoFollowAFriendUnlessTheyHideIt) {
  world_.Follow("ana", "ben");
  world_.Follow("x", "ben");
  world_.Follow("y", "ben");
  world_.Put(AccountSpec{.id = "y", .follows_hidden = true});
  EXPECT_THAT(Found(), ElementsAre("x"));
}

TEST_F(FriendsOfFriends, DoNotComeThroughWhoMayNotBeShownWasBlockedOrMuted) {
  world_.Put(AccountSpec{.id = "ben", .exposure = storage::NOBODY});
  world_.Put(AccountSpec{.id = "dora"});
  for (const char* middle : {"ben", "cleo", "dora"}) {
    world_.Follow("ana", middle);
    world_.Follow(middle, "x");
  }
  world_.Block("cleo", "ana");
  world_.Mute("ana", "dora");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(FriendsOfFriends, ADegreeIsCountedWithoutTheQuiet) {
  world_.Follow("ana", "ben");
  world_.Follow("ana", "cleo");
  world_.Follow("ben", "x");
  world_.Follow("cleo", "y");
  const float before = Questions(&world_).Ask(Accounts("ana")).results[0].score;
  for (const char* q : {"q1", "q2", "q3"}) {
    world_.Put(Quiet({.id = q}));
    world_.Follow("ben", q);
  }
  const Answer answer = Questions(&world_).Ask(Accounts("ana"));
  EXPECT_EQ(Find(answer, "x")->score, before);
  EXPECT_EQ(Find(answer, "y")->score, before);
}

// Friends who are tied to too many say nothing; finding that out must not take forever.
class FriendsOfVeryMany : public ::testing::TestWithParam<storage::State> {};

TEST_P(FriendsOfVeryMany, EndTheWalkThoughEachIsLookedAtInVain) {
  World world;
  world.Put(AccountSpec{.id = "ana"});
  for (int i = 0; i < 2'001; ++i) world.Put(AccountSpec{.id = absl::StrCat("t", i), .state = GetParam()});
  for (int i = 0; i < 40; ++i) {
    const std::string a_friend = absl::StrCat("friend", i);
    world.Put(AccountSpec{.id = a_friend});
    world.Follow("ana", a_friend);
    for (int j = 0; j < 2'001; ++j) world.Follow(a_friend, absl::StrCat("t", j));
  }
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(NewFriendsOfFriends());
  const Answer answer = Questions(&world, std::move(sources), DefaultFilters()).Ask(Accounts("ana"));
  EXPECT_THAT(answer.results, IsEmpty());
  EXPECT_LE(answer.trace.steps, GetParam() == storage::ACTIVE ? 0 : 52'001);
}

// Of those in good standing it is known how many there are; the others must be counted.
INSTANTIATE_TEST_SUITE_P(States, FriendsOfVeryMany, testing::Values(storage::ACTIVE, storage::SUSPENDED));

TEST(FriendsOfFriendsOfAStar, AreNotLookedForAmongTheThousandsWhoAnsweredIt) {
  World world;
  for (const char* id : {"ana", "ben", "x"}) world.Put(AccountSpec{.id = id});
  world.Follow("ben", "x");
  for (int i = 0; i < 3; ++i) world.Reply("ben", AccountRef("ana"));
  EXPECT_THAT(From(NewFriendsOfFriends(), world, Accounts("ana")), ElementsAre("x"));
  for (int i = 0; i < 1'000; ++i) {
    const std::string replier = absl::StrCat("r", i);
    world.Put(AccountSpec{.id = replier});
    world.Reply(replier, AccountRef("ana"));
  }
  EXPECT_THAT(From(NewFriendsOfFriends(), world, Accounts("ana")), IsEmpty());
}

TEST(Acquaintances, AreThoseWhoFollowOrAnsweredTheAskerOrWereAnsweredByIt) {
  World world;
  for (const char* id : {"ana", "follower", "replier", "answered", "stranger"}) world.Put(AccountSpec{.id = id});
  world.Put(AccountSpec{.id = "shy", .follows_hidden = true});
  world.Put(AccountSpec{.id = "off", .profiling_off = true});
  world.Follow("follower", "ana");
  world.Follow("shy", "ana");
  world.Reply("replier", AccountRef("ana"));
  world.Reply("off", AccountRef("ana"));
  world.Reply("ana", AccountRef("answered"));
  EXPECT_THAT(From(NewAcquaintances(), world, Accounts("ana")),
              UnorderedElementsAre("follower", "replier", "answered"));
}

TEST(Acquaintances, OfAnAskerWithProfilingOffAreNotThoseItAnswered) {
  World world;
  world.Put(AccountSpec{.id = "ana", .profiling_off = true});
  for (const char* id : {"follower", "answered", "near"}) world.Put(AccountSpec{.id = id});
  world.Follow("follower", "ana");
  world.Reply("ana", AccountRef("answered"));
  world.Follow("near", "answered");
  EXPECT_THAT(From(NewAcquaintances(), world, Accounts("ana")), UnorderedElementsAre("follower"));
  EXPECT_THAT(From(NewFriendsOfFriends(), world, Accounts("ana")), IsEmpty());
  EXPECT_EQ(FeatureOf(Questions(&world).Ask(Accounts("ana")), "answered", "you_replied"), 0);
}

TEST(ContentNeighbours, AreTheNearestToTheAskerThatPassTheRequestsFilter) {
  World world;
  world.Put(AccountSpec{.id = "ana", .vector = {1, 0}});
  world.Put(AccountSpec{.id = "near", .vector = {1, 0.1f}});
  world.Put(AccountSpec{.id = "nearer", .subjects = {"art"}, .vector = {1, 0.05f}});
  world.Put(AccountSpec{.id = "silent"});
  EXPECT_THAT(From(NewContentNeighbours(), world, Accounts("ana")), ElementsAre("nearer", "near"));
  Query query = Accounts("ana");
  query.filter.subjects = {"art"};
  EXPECT_THAT(From(NewContentNeighbours(), world, query), ElementsAre("nearer"));
  EXPECT_THAT(From(NewContentNeighbours(), world, Accounts("silent")), IsEmpty());
}

TEST(ContentNeighbours, OfACrowdOfEqualsSomeAreTaken) {
  World world;
  for (int i = 0; i < 500; ++i) world.Put(AccountSpec{.id = absl::StrCat("a", i), .vector = {1, 0}});
  const Answer answer = Questions(&world).Ask(Accounts("a0"));
  ASSERT_EQ(answer.trace.sources[0].name, "content_neighbours");
  EXPECT_GE(answer.trace.sources[0].candidates, 20);
  EXPECT_LT(answer.trace.sources[0].candidates, 100);
}

TEST(CoEngagement, FindsTeachersWhoUsedTheSameAndWhatElseTheyUsed) {
  World world;
  for (const char* id : {"ana", "ben", "cleo"}) world.Put(AccountSpec{.id = id});
  world.Put(AccountSpec{.id = "org", .kind = storage::ORGANIZATION});
  for (const char* id : {"map", "atlas", "film"}) world.Put(ResourceSpec{.id = id});
  world.Save("ana", ResourceRef("map"));
  world.ReadThrough("ben", ResourceRef("map"));
  world.ReadThrough("ben", ResourceRef("atlas"));
  world.Like("org", ResourceRef("map"));
  world.Like("org", ResourceRef("film"));
  world.Do({"cleo", storage::VIEW, ResourceRef("map")});  // looking is not using
  world.Like("cleo", ResourceRef("film"));
  EXPECT_THAT(From(NewCoEngagement(), world, Accounts("ana")), ElementsAre("ben"));
  EXPECT_THAT(From(NewCoEngagement(), world, Resources("ana")), ElementsAre("atlas"));
}

// However they came to it: what one of our lists made everybody read says nothing about anybody's taste.
TEST(CoEngagement, GoesThroughNothingThatThousandsUsed) {
  World world;
  for (const char* id : {"ana", "ben"}) world.Put(AccountSpec{.id = id});
  for (const char* id : {"map", "hit"}) world.Put(ResourceSpec{.id = id});
  for (const char* id : {"ana", "ben"}) world.Save(id, ResourceRef("hit"));
  ASSERT_THAT(From(NewCoEngagement(), world, Accounts("ana")), ElementsAre("ben"));
  for (int i = 0; i < 2'000; ++i) {
    const std::string reader = absl::StrCat("reader", i);
    world.Put(AccountSpec{.id = reader});
    world.Do({.actor = reader, .kind = storage::READ, .target = ResourceRef("hit"), .attributed = true});
  }
  EXPECT_THAT(From(NewCoEngagement(), world, Accounts("ana")), IsEmpty());
}

TEST(CoEngagement, CountsWhomOurListsLedThereAmongAResourcesUsers) {
  World world;
  for (const char* id : {"ana", "ben", "cleo"}) world.Put(AccountSpec{.id = id});
  for (const char* id : {"map", "atlas", "pushed"}) world.Put(ResourceSpec{.id = id});
  for (const char* id : {"ana", "ben"}) world.Save(id, ResourceRef("map"));
  for (const char* id : {"atlas", "pushed"}) world.Save("ben", ResourceRef(id));
  world.Do({.actor = "cleo", .kind = storage::READ, .target = ResourceRef("pushed"), .attributed = true});
  const Answer answer = Questions(&world).Ask(Resources("ana"));
  EXPECT_GT(FeatureOf(answer, "atlas", "similar_taste"), FeatureOf(answer, "pushed", "similar_taste"));
}

TEST(SharedByFollows, AreTheThingsThatTheFollowedMadeLinkedOrShared) {
  World world;
  for (const char* id : {"ana", "ben", "stranger"}) world.Put(AccountSpec{.id = id});
  world.Put(ResourceSpec{.id = "own", .author = "ben"});
  for (const char* id : {"linked", "whispered", "saved", "read", "strange"}) world.Put(ResourceSpec{.id = id});
  world.Put(PostSpec{.id = "p", .author = "ben", .resources = {"linked"}});
  world.Put(PostSpec{
      .id = "members", .author = "ben", .resources = {"whispered"}, .audience = storage::AUDIENCE_MY_ORGANIZATIONS});
  world.Save("ben", ResourceRef("saved"));
  world.ReadThrough("ben", ResourceRef("read"));
  world.Save("stranger", ResourceRef("strange"));
  world.Follow("ana", "ben");
  EXPECT_THAT(From(NewSharedByFollows(), world, Resources("ana")), UnorderedElementsAre("own", "linked", "saved"));
  world.Put(AccountSpec{.id = "ben", .profiling_off = true});
  EXPECT_THAT(From(NewSharedByFollows(), world, Resources("ana")), UnorderedElementsAre("own", "linked"));
}

// A platform that grows before or after its list of what is popular is made.
class LargePlatform : public ::testing::Test {
 protected:
  LargePlatform() {
    world_.Put(AccountSpec{.id = "ana"});
    world_.Put(AccountSpec{.id = "star"});
    for (int i = 0; i < 40; ++i) {
      world_.Put(AccountSpec{.id = absl::StrCat("fan", i), .created_ago = absl::Hours(24 * 10)});
      world_.Follow(absl::StrCat("fan", i), "star");
    }
  }
  void Grow() {
    for (int i = 0; i < 4'100; ++i)
      world_.Put(AccountSpec{.id = absl::StrCat("a", i), .created_ago = absl::Hours(24 * (i + 1))});
  }
  void Rebuild() {
    popular_.Rebuild([&](absl::FunctionRef<void(const ReadView&)> read) { world_.Read(read); }, WorldNow());
  }
  std::vector<std::string> Found() const { return From(NewFallback(&popular_), world_, Accounts("ana")); }

  World world_;
  PopularItems popular_;
};

TEST_F(LargePlatform, AListAndALookThroughEverythingFindTheSame) {
  Grow();
  Rebuild();
  EXPECT_EQ(Found(), From(NewFallback(nullptr), world_, Accounts("ana")));
  EXPECT_EQ(Found()[0], "star");
}

// Everybody came in one import: thousands are equally hot, and both must leave out the same ones.
TEST_F(LargePlatform, AListAndALookThroughCutTheEquallyHotAlike) {
  for (int i = 0; i < 4'100; ++i) world_.Put(AccountSpec{.id = absl::StrCat("a", i)});
  Rebuild();
  Query query = Accounts("ana");
  query.count = 500;
  std::vector<std::string> from_list = From(NewFallback(&popular_), world_, query);
  std::vector<std::string> from_all = From(NewFallback(nullptr), world_, query);
  std::sort(from_list.begin(), from_list.end());
  std::sort(from_all.begin(), from_all.end());
  EXPECT_EQ(from_list, from_all);
  EXPECT_THAT(from_list, testing::SizeIs(500));
}

TEST_F(LargePlatform, StubsAndQuietNewcomersCostNothingAndHideNobody) {
  Rebuild();
  for (int i = 0; i < 5'000; ++i) world_.Put(Quiet({.id = absl::StrCat("q", i)}));
  for (int i = 0; i < 5'000; ++i) world_.Follow("fan0", absl::StrCat("stub", i));
  world_.Put(AccountSpec{.id = "newcomer", .created_ago = absl::Hours(1)});
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(NewFallback(&popular_));
  Query query = Accounts("ana");
  query.count = 100;
  const Answer answer = Questions(&world_, std::move(sources), DefaultFilters()).Ask(query);
  EXPECT_TRUE(Has(answer, "newcomer"));
  EXPECT_LE(answer.trace.steps, 50);
}

TEST_F(LargePlatform, LooksAtNewcomersAsFarAsItSays) {
  Rebuild();
  for (int i = 0; i < 5'000; ++i) world_.Put(AccountSpec{.id = absl::StrCat("a", i)});
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(NewFallback(&popular_));
  const Answer answer = Questions(&world_, std::move(sources), DefaultFilters()).Ask(Accounts("ana"));
  EXPECT_THAT(answer.results, testing::SizeIs(20));
  EXPECT_LE(answer.trace.steps, 4'096 + 42);
}

TEST_F(LargePlatform, WhoTurnedQuietSinceTheListWasMadeIsNotProposed) {
  Grow();
  Rebuild();
  world_.Put(Quiet({.id = "star"}));
  EXPECT_THAT(Found(), testing::Not(testing::Contains("star")));
}

TEST_F(LargePlatform, AListMadeBeforeAnImportDoesNotLeaveTheAnswerShort) {
  Rebuild();
  Grow();
  Query query = Accounts("ana");
  query.count = 100;
  EXPECT_THAT(From(NewFallback(&popular_), world_, query), testing::Contains("a0")) << "the newest of the import";
}

}  // namespace
}  // namespace staffroom
