// From scores to places.

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/recommend/questions.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;

Answer AskAll(const World& world, const Query& query) {
  return Questions(&world, OnlyEverything(), DefaultFilters()).Ask(query);
}

TEST(Reranker, EqualScoresGoByIdWhoeverCameFirst) {
  World world;
  for (const char* id : {"ana", "c", "a", "d", "b"}) world.Put(AccountSpec{.id = id});
  EXPECT_THAT(Ids(AskAll(world, Accounts("ana"))), ElementsAre("a", "b", "c", "d"));
}

TEST(Reranker, WhatTheAskerWasShownSinksAndIsStillThere) {
  World world;
  for (const char* id : {"ana", "a", "b"}) world.Put(AccountSpec{.id = id});
  world.See("ana", AccountRef("a"));
  world.See("b", AccountRef("b"));
  Answer answer = AskAll(world, Accounts("ana"));
  EXPECT_THAT(Ids(answer), ElementsAre("b", "a"));
  EXPECT_FLOAT_EQ(FeatureOf(answer, "a", "impression_discount"), 0.85f);
  for (int i = 0; i < 20; ++i) world.See("ana", AccountRef("a"));
  EXPECT_FLOAT_EQ(FeatureOf(AskAll(world, Accounts("ana")), "a", "impression_discount"), 0.3f);
  World later;
  for (const char* id : {"ana", "a", "b"}) later.Put(AccountSpec{.id = id});
  later.Do({"ana", storage::IMPRESSION, AccountRef("a"), absl::Hours(24 * 31)});
  EXPECT_EQ(FeatureOf(AskAll(later, Accounts("ana")), "a", "impression_discount"), 1) << "a month ago is forgotten";
}

TEST(Reranker, WhatIsLikeADislikedExampleSinks) {
  World world;
  world.Put(AccountSpec{.id = "ana", .vector = {1, 1}});
  world.Put(AccountSpec{.id = "a", .vector = {1, 0}});
  world.Put(AccountSpec{.id = "b", .vector = {0, 1}});
  world.Put(ResourceSpec{.id = "film", .vector = {1, 0}});
  Query query = Accounts("ana");
  EXPECT_THAT(Ids(AskAll(world, query)), ElementsAre("a", "b"));
  query.disliked = {ResourceRef("film")};
  EXPECT_THAT(Ids(AskAll(world, query)), ElementsAre("b", "a"));
}

TEST(Reranker, DiversityPutsTheUnlikeBetweenTheAlike) {
  World world;
  world.Put(AccountSpec{.id = "ana", .vector = {1, 0.5f}});
  world.Put(AccountSpec{.id = "a1", .vector = {1, 0}});
  world.Put(AccountSpec{.id = "a2", .vector = {1, 0}});
  world.Put(AccountSpec{.id = "b", .vector = {0, 1}});
  Query query = Accounts("ana");
  EXPECT_THAT(Ids(AskAll(world, query)), ElementsAre("a1", "a2", "b"));
  query.knobs.diversity = 0.8f;
  EXPECT_THAT(Ids(AskAll(world, query)), ElementsAre("a1", "b", "a2"));
}

TEST(Reranker, DiversityTakesTwoThingsOfOneAuthorAsAlike) {
  World world;
  for (const char* id : {"ana", "author", "other"}) world.Put(AccountSpec{.id = id});
  world.Put(ResourceSpec{.id = "r1", .author = "author"});
  world.Put(ResourceSpec{.id = "r2", .author = "author"});
  world.Put(ResourceSpec{.id = "r3", .author = "other"});
  Query query = Resources("ana");
  EXPECT_THAT(Ids(AskAll(world, query)), ElementsAre("r1", "r2", "r3"));
  query.knobs.diversity = 0.5f;
  EXPECT_THAT(Ids(AskAll(world, query)), ElementsAre("r1", "r3", "r2"));
}

TEST(Reranker, OrganizationsTakeAtMostThreeOfTenPlacesWhileTeachersRemain) {
  World world;
  world.Put(AccountSpec{.id = "ana"});
  for (int i = 0; i < 9; ++i) {
    world.Put(
        AccountSpec{.id = absl::StrCat("a-org", i), .kind = i % 2 == 0 ? storage::ORGANIZATION : storage::NETWORK});
    world.Put(AccountSpec{.id = absl::StrCat("teacher", i)});
  }
  Query query = Accounts("ana");
  query.count = 10;
  const auto organizations = [&] {
    int count = 0;
    for (const std::string& id : Ids(AskAll(world, query))) count += id[0] == 'a' ? 1 : 0;
    return count;
  };
  EXPECT_EQ(organizations(), 3);
  query.filter.account_kinds = {storage::ORGANIZATION, storage::NETWORK};
  EXPECT_EQ(organizations(), 9) << "where only organizations remain, they take all places";
}

TEST(Reranker, TheShareOfOrganizationsIsExactAndHoldsForExploredPlacesToo) {
  World world;
  world.Put(AccountSpec{.id = "ana"});
  for (int i = 0; i < 60; ++i) {
    world.Put(AccountSpec{.id = absl::StrCat("a-org", i), .kind = storage::ORGANIZATION});
    world.Put(AccountSpec{.id = absl::StrCat("teacher", i)});
  }
  for (const float exploration : {0.0f, 0.4f}) {
    for (const auto& [count, most] : {std::pair(1, 1), std::pair(5, 1), std::pair(7, 2), std::pair(50, 15)}) {
      Query query = Accounts("ana");
      query.count = count;
      query.knobs.exploration = exploration;
      int organizations = 0;
      for (const std::string& id : Ids(AskAll(world, query))) organizations += id[0] == 'a' ? 1 : 0;
      EXPECT_EQ(organizations, most) << "of " << count << ", exploration " << exploration;
    }
  }
}

TEST(Reranker, EmergingShareKeepsPlacesForTheLittleKnownWhoAreActive) {
  World world;
  world.Put(AccountSpec{.id = "ana"});
  for (int i = 0; i < 8; ++i) world.Put(AccountSpec{.id = absl::StrCat("a-famous", i)});
  for (int i = 0; i < 110; ++i) {
    const std::string fan = absl::StrCat("fan", i);
    world.Put(AccountSpec{.id = fan, .created_ago = absl::Hours(24 * 200)});
    for (int j = 0; j < 8; ++j) world.Follow(fan, absl::StrCat("a-famous", j));
  }
  world.Put(AccountSpec{.id = "voice", .created_ago = absl::Hours(24 * 200)});
  world.Put(PostSpec{.id = "p", .author = "voice", .ago = absl::Hours(24 * 60)});
  Query query = Accounts("ana");
  query.count = 4;
  EXPECT_FALSE(Has(AskAll(world, query), "voice"));
  query.knobs.emerging_share = 0.25f;
  EXPECT_EQ(Ids(AskAll(world, query))[3], "voice");
}

TEST(Reranker, ExplorationChangesByDaySurfaceAndAskerAndIsOffByDefault) {
  World world;
  for (const char* id : {"ana", "ben"}) world.Put(AccountSpec{.id = id});
  for (int i = 0; i < 60; ++i) world.Put(AccountSpec{.id = absl::StrCat("t", 100 + i)});
  Query query = Accounts("ana");
  query.count = 10;
  query.filter.account_kinds = {storage::TEACHER};
  const std::vector<std::string> plain = Ids(AskAll(world, query));
  EXPECT_THAT(plain, testing::IsSupersetOf({"t100", "t101", "t107"}));
  query.knobs.exploration = 0.4f;
  const std::vector<std::string> today = Ids(AskAll(world, query));
  EXPECT_EQ(today, Ids(AskAll(world, query))) << "the same all day";
  EXPECT_TRUE(std::equal(today.begin(), today.begin() + 6, plain.begin()));
  std::vector<std::vector<std::string>> others(3);
  query.surface = "weekly_mail";
  others[0] = Ids(AskAll(world, query));
  query.surface = "";
  query.now += absl::Hours(24);
  others[1] = Ids(AskAll(world, query));
  query.now = WorldNow();
  query.account_id = "ben";
  others[2] = Ids(AskAll(world, query));
  for (const std::vector<std::string>& other : others) {
    EXPECT_NE(std::vector<std::string>(other.end() - 4, other.end()),
              std::vector<std::string>(today.end() - 4, today.end()));
  }
}

// Both knobs turned all the way up, and many places.
TEST(Reranker, LooksAtEachCandidateAFewTimesWhateverTheKnobs) {
  constexpr int kAccounts = 1'200;
  World world;
  world.Put(AccountSpec{.id = "ana"});
  for (int i = 0; i < kAccounts; ++i) world.Put(AccountSpec{.id = absl::StrCat("t", i)});
  Query query = Accounts("ana");
  query.count = 500;
  query.knobs.exploration = 1;
  EXPECT_LE(AskAll(world, query).trace.steps, kAccounts);
  query.knobs = {.emerging_share = 1};
  query.now += absl::Hours(24 * 200);  // nobody was heard of lately
  const Answer answer = AskAll(world, query);
  EXPECT_EQ(answer.results.size(), 500u);
  EXPECT_LE(answer.trace.steps, kAccounts);
}

TEST(Reranker, ScoresNeverRise) {
  World world;
  world.Put(AccountSpec{.id = "ana", .interests = {"art", "maps"}, .vector = {1, 0.5f}});
  for (int i = 0; i < 40; ++i) {
    world.Put(AccountSpec{.id = absl::StrCat("a", i),
                          .kind = i % 3 == 0 ? storage::NETWORK : storage::TEACHER,
                          .interests = {i % 4 == 0 ? "art" : "x"},
                          .vector = {1.0f, static_cast<float>(i % 7)}});
  }
  Query query = Accounts("ana");
  query.knobs = {0.5f, 0.3f, 0.3f};
  float last = 1;
  for (const Result& result : AskAll(world, query).results) {
    EXPECT_LE(result.score, last);
    EXPECT_GE(result.score, 0);
    last = result.score;
  }
}

}  // namespace
}  // namespace staffroom
