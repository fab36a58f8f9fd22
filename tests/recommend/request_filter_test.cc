// The request's own filter, part by part: what passes and what does not, and that without the filter everything would.

#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/recommend/questions.h"

namespace staffroom {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::vector<std::string> Passing(const World& world, Query query, const QueryFilter& filter) {
  query.filter = filter;
  return Ids(Questions(&world, OnlyEverything(), DefaultFilters()).Ask(query));
}

TEST(RequestFilter, DropsAndCountsWhatItDoesNotLetPass) {
  World world;
  world.Put(AccountSpec{.id = "ana"});
  world.Put(AccountSpec{.id = "ben", .subjects = {"Mathematics"}});
  world.Put(AccountSpec{.id = "cleo", .subjects = {"Art"}});
  Query query = Accounts("ana");
  query.filter.subjects = {"mathematics"};
  const Answer answer = Questions(&world, OnlyEverything(), DefaultFilters()).Ask(query);
  EXPECT_THAT(Ids(answer), UnorderedElementsAre("ben"));
  EXPECT_EQ(DropsBy(answer, "request_filter"), 1);
  EXPECT_TRUE(Has(Questions(&world, OnlyEverything(), FiltersWithout("request_filter")).Ask(query), "cleo"));
}

class AccountFilter : public ::testing::Test {
 protected:
  AccountFilter() {
    world_.Put(AccountSpec{.id = "ana"});
    world_.Put(AccountSpec{.id = "ben",
                           .subjects = {"Art", "Music"},
                           .grade_bands = {2},
                           .languages = {"en-GB"},
                           .region = "GB-SCT",
                           .tags = {"choir"}});
    world_.Put(AccountSpec{.id = "school",
                           .kind = storage::ORGANIZATION,
                           .grade_bands = {3},
                           .languages = {"fr"},
                           .region = "GBR",
                           .tags = {"choir", "sport"}});
  }
  std::vector<std::string> Passing(const QueryFilter& filter) const {
    return staffroom::Passing(world_, Accounts("ana"), filter);
  }
  World world_;
};

TEST_F(AccountFilter, ChoosesByKind) {
  EXPECT_THAT(Passing({.account_kinds = {storage::ORGANIZATION, storage::NETWORK}}), UnorderedElementsAre("school"));
}

TEST_F(AccountFilter, ChoosesBySubjectWhateverItsCase) {
  EXPECT_THAT(Passing({.subjects = {"chess", "MUSIC"}}), UnorderedElementsAre("ben"));
  EXPECT_THAT(Passing({.subjects = {"a word that nobody uses"}}), IsEmpty());
}

TEST_F(AccountFilter, ChoosesByGradeBand) {
  EXPECT_THAT(Passing({.grade_bands = {3, 4}}), UnorderedElementsAre("school"));
}

TEST_F(AccountFilter, LanguagesAndRegionsMatchByPrefixAtAHyphen) {
  EXPECT_THAT(Passing({.languages = {"EN"}}), UnorderedElementsAre("ben"));
  EXPECT_THAT(Passing({.languages = {"en-GB-scotland"}}), IsEmpty());
  EXPECT_THAT(Passing({.regions = {"gb"}}), UnorderedElementsAre("ben")) << "GBR is another word";
}

TEST_F(AccountFilter, TagsMayBeWantedAllWantedOrUnwanted) {
  EXPECT_THAT(Passing({.tags_any = {"sport", "chess"}}), UnorderedElementsAre("school"));
  EXPECT_THAT(Passing({.tags_all = {"choir", "sport"}}), UnorderedElementsAre("school"));
  EXPECT_THAT(Passing({.tags_all = {"choir", "a word that nobody uses"}}), IsEmpty());
  EXPECT_THAT(Passing({.tags_any = {"choir"}, .tags_none = {"sport"}}), UnorderedElementsAre("ben"));
}

TEST_F(AccountFilter, FollowersAreCountedWithoutTheQuiet) {
  world_.Put(Quiet({.id = "q"}));
  world_.Follow("q", "ben");
  world_.Follow("school", "ben");
  EXPECT_THAT(Passing({.follower_count_min = 1}), UnorderedElementsAre("ben"));
  EXPECT_THAT(Passing({.follower_count_min = 2}), IsEmpty());
  EXPECT_THAT(Passing({.follower_count_max = 0}), UnorderedElementsAre("school"));
}

TEST_F(AccountFilter, MentorsOnlyAreThoseWithRoomThisWeek) {
  world_.Put(AccountSpec{.id = "mentor", .mentors = true, .weekly_capacity = 1});
  EXPECT_THAT(Passing({.mentors_only = true}), UnorderedElementsAre("mentor"));
  world_.Do({"mentor", storage::MENTOR_ACCEPT, AccountRef("ben"), absl::Hours(24 * 8)});
  EXPECT_THAT(Passing({.mentors_only = true}), UnorderedElementsAre("mentor"));
  world_.Do({"mentor", storage::MENTOR_ACCEPT, AccountRef("ana"), absl::Hours(24 * 6)});
  EXPECT_THAT(Passing({.mentors_only = true}), IsEmpty());
}

TEST(ResourceFilter, ChoosesByKindMinutesAndTime) {
  World world;
  world.Put(AccountSpec{.id = "ana"});
  world.Put(ResourceSpec{.id = "article", .kind = 2, .minutes = 6, .ago = absl::Hours(10)});
  world.Put(ResourceSpec{.id = "book", .kind = 5, .ago = absl::Hours(20)});
  const auto passing = [&](const QueryFilter& filter) { return Passing(world, Resources("ana"), filter); };
  EXPECT_THAT(passing({.resource_kinds = {5}}), UnorderedElementsAre("book"));
  EXPECT_THAT(passing({.max_minutes = 6}), UnorderedElementsAre("article"));
  EXPECT_THAT(passing({.max_minutes = 5}), IsEmpty());
  EXPECT_THAT(passing({.max_minutes = 30}), UnorderedElementsAre("article"))
      << "a book takes longer, even an unknown one";
  const absl::Time noon = WorldNow() - absl::Hours(10);
  EXPECT_THAT(passing({.published_after = noon}), UnorderedElementsAre("article"));
  EXPECT_THAT(passing({.published_before = noon}), UnorderedElementsAre("book"));
}

}  // namespace
}  // namespace staffroom
