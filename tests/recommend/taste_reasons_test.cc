// ENGAGED_BY_SIMILAR_TEACHERS: what is in common is named, the teachers never are, and what somebody merely read stays
// between them and the platform.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/recommend/questions.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;

constexpr ReasonKind kTaste = ReasonKind::kEngagedBySimilarTeachers;

class TasteReasons : public ::testing::Test {
 protected:
  TasteReasons() {
    world_.Put(AccountSpec{.id = "ana"});
    for (const char* id : {"b1", "b2", "b3", "b4", "b5"}) world_.Put(AccountSpec{.id = id});
    world_.Put(ResourceSpec{.id = "map", .title = "A map"});
    world_.Put(ResourceSpec{.id = "atlas"});
    world_.Like("ana", ResourceRef("map"));
  }
  void UseBoth(absl::string_view teacher) {
    world_.Like(teacher, ResourceRef("map"));
    world_.Save(teacher, ResourceRef("atlas"));
  }
  Answer Ask(const Query& query) const { return Questions(&world_).Ask(query); }

  World world_;
};

TEST_F(TasteReasons, AResourceNamesTheThingInCommonAndCountsTeachersFromFiveOn) {
  for (const char* id : {"b1", "b2", "b3", "b4"}) UseBoth(id);
  auto reason = ReasonOf(Ask(Resources("ana")), "atlas", kTaste);
  ASSERT_TRUE(reason.has_value());
  EXPECT_THAT(reason->resource_ids, ElementsAre("map"));
  EXPECT_EQ(reason->count, 0);
  EXPECT_EQ(reason->text, "Teachers who used “A map”, as you did, used this too.");
  UseBoth("b5");
  reason = ReasonOf(Ask(Resources("ana")), "atlas", kTaste);
  ASSERT_TRUE(reason.has_value());
  EXPECT_EQ(reason->count, 5);
  EXPECT_EQ(reason->text, "5 teachers who used “A map”, as you did, used this too.");
}

// With one other reader of the map, "teachers who used it" would tell what that one read.
TEST_F(TasteReasons, WhatIsOnlyReadCountsInACrowdAlone) {
  const auto read_both = [&](absl::string_view teacher) {
    world_.Like(teacher, ResourceRef("map"));
    world_.ReadThrough(teacher, ResourceRef("atlas"));
  };
  for (const char* id : {"b1", "b2", "b3", "b4"}) read_both(id);
  EXPECT_FALSE(ReasonOf(Ask(Resources("ana")), "atlas", kTaste).has_value());
  EXPECT_GT(FeatureOf(Ask(Resources("ana")), "atlas", "similar_taste"), 0);
  read_both("b5");
  const auto reason = ReasonOf(Ask(Resources("ana")), "atlas", kTaste);
  ASSERT_TRUE(reason.has_value());
  EXPECT_EQ(reason->count, 5);
}

TEST_F(TasteReasons, OrganizationsAndThoseWhoDoNotContributeAreNoSimilarTeachers) {
  world_.Put(AccountSpec{.id = "b1", .kind = storage::ORGANIZATION});
  world_.Put(AccountSpec{.id = "b2", .profiling_off = true});
  world_.Put(Quiet({.id = "b3"}));
  world_.Put(AccountSpec{.id = "b4", .exposure = storage::NOBODY});
  for (const char* id : {"b1", "b2", "b3", "b4"}) UseBoth(id);
  world_.Block("b5", "ana");
  UseBoth("b5");
  const Answer answer = Ask(Resources("ana"));
  EXPECT_FALSE(ReasonOf(answer, "atlas", kTaste).has_value());
  EXPECT_EQ(FeatureOf(answer, "atlas", "similar_taste"), 0);
}

TEST_F(TasteReasons, AThingThatTheAskerNoLongerLikesIsNotNamed) {
  UseBoth("b1");
  world_.Do({"ana", storage::LIKE, ResourceRef("map"), absl::Hours(1), false, /*undone=*/true});
  EXPECT_FALSE(ReasonOf(Ask(Resources("ana")), "atlas", kTaste).has_value());
}

TEST_F(TasteReasons, ATeacherIsToldByWhatItDidInPublicOnly) {
  world_.Put(ResourceSpec{.id = "globe"});
  world_.Save("ana", ResourceRef("globe"));
  world_.ReadThrough("b1", ResourceRef("map"));
  EXPECT_FALSE(ReasonOf(Ask(Accounts("ana")), "b1", kTaste).has_value()) << "what b1 reads is nobody's business";
  EXPECT_GT(FeatureOf(Ask(Accounts("ana")), "b1", "similar_taste"), 0);
  world_.Like("b1", ResourceRef("globe"));
  const auto reason = ReasonOf(Ask(Accounts("ana")), "b1", kTaste);
  ASSERT_TRUE(reason.has_value());
  EXPECT_THAT(reason->resource_ids, ElementsAre("globe"));
  world_.Put(AccountSpec{.id = "b1", .follows_hidden = true});
  EXPECT_FALSE(ReasonOf(Ask(Accounts("ana")), "b1", kTaste).has_value());
}

TEST_F(TasteReasons, WhatALaterPageBringsAlongIsCheckedAgain) {
  world_.ReadThrough("b1", ResourceRef("map"));
  Query query = Accounts("ana");
  query.resumes = true;
  world_.Read([&](const ReadView& view) {
    Remaining remaining;
    remaining.ordinal = view.catalog.FindAccount("b1").value();
    remaining.evidence[0] = FindItem(view, ResourceRef("map"));
    query.resume = {remaining};
  });
  EXPECT_FALSE(ReasonOf(Ask(query), "b1", kTaste).has_value()) << "b1 only read it";
  world_.Like("b1", ResourceRef("map"));
  EXPECT_TRUE(ReasonOf(Ask(query), "b1", kTaste).has_value());
}

TEST_F(TasteReasons, AnAskerWithProfilingOffHasNoTaste) {
  world_.Put(AccountSpec{.id = "ana", .profiling_off = true});
  UseBoth("b1");
  EXPECT_FALSE(ReasonOf(Ask(Resources("ana")), "atlas", kTaste).has_value());
}

TEST_F(TasteReasons, WhatMayNoLongerBeShownToTheAskerIsNotNamed) {
  world_.Put(AccountSpec{.id = "author"});
  world_.Put(ResourceSpec{.id = "map", .author = "author"});
  UseBoth("b1");
  EXPECT_TRUE(ReasonOf(Ask(Resources("ana")), "atlas", kTaste).has_value());
  world_.Put(AccountSpec{.id = "author", .exposure = storage::NOBODY});
  EXPECT_FALSE(ReasonOf(Ask(Resources("ana")), "atlas", kTaste).has_value());
}

}  // namespace
}  // namespace staffroom
