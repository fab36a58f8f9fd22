// Every filter twice: with it the thing is dropped and counted under its name, and without it (the same world, the same
// question) the thing comes through. The candidate source proposes everything there is.
//
// Exposure, deleted, moderation_state and block are asked once more at the very end, so without the filter the thing still
// does not come out: for these the count tells.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "service/recommend/filter.h"
#include "tests/recommend/questions.h"

namespace staffroom {
namespace {

void ExpectDropped(const World& world, absl::string_view filter, const Query& query, absl::string_view id) {
  const Questions with(&world, OnlyEverything(), DefaultFilters());
  const Answer answer = with.Ask(query);
  EXPECT_FALSE(Has(answer, id)) << id << " came through";
  EXPECT_GE(DropsBy(answer, filter), 1) << "nothing counted for " << filter;
  const Questions without(&world, OnlyEverything(), FiltersWithout(filter));
  EXPECT_TRUE(Has(without.Ask(query), id)) << id << " is dropped by something else than " << filter;
}

void ExpectDroppedTwice(const World& world, absl::string_view filter, const Query& query, absl::string_view id) {
  const Questions with(&world, OnlyEverything(), DefaultFilters());
  const Answer answer = with.Ask(query);
  EXPECT_FALSE(Has(answer, id)) << id << " came through";
  EXPECT_EQ(DropsBy(answer, filter), 1);
  const Questions without(&world, OnlyEverything(), FiltersWithout(filter));
  const Answer unfiltered = without.Ask(query);
  EXPECT_FALSE(Has(unfiltered, id)) << "the last look let " << id << " leave";
  EXPECT_EQ(DropsBy(unfiltered, filter), 0);
}

class Filters : public ::testing::Test {
 protected:
  Filters() {
    world_.Put(AccountSpec{.id = "ana"});
    world_.Put(AccountSpec{.id = "ben"});
    world_.Put(AccountSpec{.id = "cleo"});
    world_.Put(ResourceSpec{.id = "plan", .author = "ben"});
    world_.Put(ResourceSpec{.id = "film", .publisher = "ben"});
    world_.Put(ResourceSpec{.id = "free"});
  }
  World world_;
};

TEST_F(Filters, AskerIsNotSuggestedToItself) { ExpectDropped(world_, "self", Accounts("ana"), "ana"); }

TEST_F(Filters, AskersOwnThingsAreNotSuggestedToIt) {
  ExpectDropped(world_, "self", Resources("ben"), "plan");
  ExpectDropped(world_, "self", Resources("ben"), "film");
}

TEST_F(Filters, AccountsTheAskerFollowsAreDropped) {
  world_.Follow("ana", "ben");
  ExpectDropped(world_, "already_followed", Accounts("ana"), "ben");
}

TEST_F(Filters, WhatTheAskerReadSavedOrLikedIsDropped) {
  world_.ReadThrough("ana", ResourceRef("plan"));
  world_.Save("ana", ResourceRef("film"));
  world_.Like("ana", ResourceRef("free"));
  for (const char* id : {"plan", "film", "free"}) ExpectDropped(world_, "engaged", Resources("ana"), id);
}

TEST_F(Filters, ViewsClicksSharesAndImpressionsFilterNothing) {
  for (const storage::InteractionKind kind : {storage::VIEW, storage::CLICK, storage::IMPRESSION, storage::SHARE}) {
    world_.Do({"ana", kind, ResourceRef("plan")});
  }
  EXPECT_TRUE(Has(Questions(&world_).Ask(Resources("ana")), "plan"));
}

TEST_F(Filters, AnAccountUnfollowedWithin90DaysIsDroppedAndLaterNoMore) {
  world_.Follow("ana", "ben");
  world_.Unfollow("ana", "ben", absl::Hours(24 * 89));
  ExpectDropped(world_, "lately_unfollowed", Accounts("ana"), "ben");
  world_.Unfollow("ana", "ben", absl::Hours(24 * 91));
  EXPECT_TRUE(Has(Questions(&world_).Ask(Accounts("ana")), "ben"));
}

TEST_F(Filters, ABlockHidesEachFromTheOther) {
  world_.Block("ana", "ben");
  ExpectDroppedTwice(world_, "block", Accounts("ana"), "ben");
  ExpectDroppedTwice(world_, "block", Accounts("ben"), "ana");
}

TEST_F(Filters, ABlockHidesWhatTheOtherWroteAndWhatItPublishes) {
  world_.Block("ben", "ana");
  const Questions questions(&world_, OnlyEverything(), DefaultFilters());
  const Answer answer = questions.Ask(Resources("ana"));
  EXPECT_EQ(Ids(answer), std::vector<std::string>{"free"});
  EXPECT_EQ(DropsBy(answer, "block"), 2);
}

TEST_F(Filters, AReportActsAsABlockOfTheAuthor) {
  world_.Do({"ana", storage::REPORT, ResourceRef("plan")});
  ExpectDroppedTwice(world_, "block", Accounts("ana"), "ben");
  ExpectDroppedTwice(world_, "block", Accounts("ben"), "ana");
}

TEST_F(Filters, AReportedThingWithoutAnAuthorIsDroppedItself) {
  world_.Do({"ana", storage::REPORT, ResourceRef("free")});
  ExpectDropped(world_, "reported", Resources("ana"), "free");
}

TEST_F(Filters, AMuteHidesTheAccountAndItsThingsFromTheActorOnly) {
  world_.Mute("ana", "ben");
  ExpectDropped(world_, "mute", Accounts("ana"), "ben");
  ExpectDropped(world_, "mute", Resources("ana"), "plan");
  ExpectDropped(world_, "mute", Resources("ana"), "film");
  EXPECT_TRUE(Has(Questions(&world_).Ask(Accounts("ben")), "ana"));
}

TEST_F(Filters, WhatTheAskerDismissedIsDroppedUntilTheDismissIsDeleted) {
  world_.Do({"ana", storage::DISMISS, AccountRef("ben")});
  world_.Do({"ana", storage::DISMISS, ResourceRef("free")});
  ExpectDropped(world_, "dismissed", Accounts("ana"), "ben");
  ExpectDropped(world_, "dismissed", Resources("ana"), "free");
  world_.Do({"ana", storage::DISMISS, AccountRef("ben"), absl::Hours(1), false, /*undone=*/true});
  EXPECT_TRUE(Has(Questions(&world_).Ask(Accounts("ana")), "ben"));
}

TEST_F(Filters, WhatDoesNotWantToBeSeenIsDropped) {
  world_.Put(AccountSpec{.id = "dora", .exposure = storage::NOBODY});
  ExpectDroppedTwice(world_, "exposure", Accounts("ana"), "dora");
  world_.Put(ResourceSpec{.id = "diary", .author = "dora"});
  ExpectDroppedTwice(world_, "exposure", Resources("ana"), "diary");
}

TEST_F(Filters, WhatModeratorsTookDownIsDroppedWithAllThatItsAuthorMade) {
  world_.Put(ResourceSpec{.id = "free", .state = storage::UNDER_REVIEW});
  ExpectDroppedTwice(world_, "moderation_state", Resources("ana"), "free");
  world_.Put(ResourceSpec{.id = "free"});
  world_.Put(AccountSpec{.id = "dora", .state = storage::SUSPENDED});
  world_.Put(ResourceSpec{.id = "leaflet", .publisher = "dora"});
  ExpectDroppedTwice(world_, "moderation_state", Accounts("ana"), "dora");
  ExpectDroppedTwice(world_, "moderation_state", Resources("ana"), "leaflet");
}

TEST_F(Filters, StubsAreDropped) {
  world_.Follow("cleo", "stub");
  ExpectDroppedTwice(world_, "deleted", Accounts("ana"), "stub");
}

TEST_F(Filters, ErasedAccountsAreDropped) {
  world_.EraseRecord("ben");
  ExpectDroppedTwice(world_, "deleted", Accounts("ana"), "");
}

TEST_F(Filters, WhatTheRequestExcludesAndItsExamplesAreDropped) {
  Query query = Resources("ana");
  query.exclude = {ResourceRef("plan")};
  query.liked = {ResourceRef("film")};
  query.disliked = {ResourceRef("free")};
  for (const char* id : {"plan", "film", "free"}) ExpectDropped(world_, "excluded", query, id);
}

constexpr absl::Duration kLongAgo = absl::Hours(24 * 366);

TEST_F(Filters, AccountsWithoutASignOfLifeForAYearAreDroppedWhereOthersRemain) {
  world_.Put(AccountSpec{.id = "ben", .created_ago = kLongAgo, .updated_ago = kLongAgo});
  ExpectDropped(world_, "inactive", Accounts("ana"), "ben");
}

TEST_F(Filters, TheInactiveAreBetterThanNobody) {
  world_.Put(AccountSpec{.id = "ben", .created_ago = kLongAgo, .updated_ago = kLongAgo});
  world_.Put(AccountSpec{.id = "cleo", .created_ago = kLongAgo, .updated_ago = kLongAgo});
  EXPECT_EQ(Questions(&world_).Ask(Accounts("ana")).results.size(), 2u);
}

TEST_F(Filters, APostOrAnActIsASignOfLife) {
  for (const char* id : {"ben", "dora"})
    world_.Put(AccountSpec{.id = id, .created_ago = kLongAgo, .updated_ago = kLongAgo});
  world_.Put(PostSpec{.id = "post", .author = "ben", .ago = absl::Hours(24 * 300)});
  world_.ReadThrough("dora", ResourceRef("free"));
  const Answer answer = Questions(&world_, OnlyEverything(), DefaultFilters()).Ask(Accounts("ana"));
  EXPECT_TRUE(Has(answer, "ben"));
  EXPECT_TRUE(Has(answer, "dora"));
}

TEST_F(Filters, WhatWasPutBeforeSomebodyIsNoSignOfItsLife) {
  world_.Put(AccountSpec{.id = "dora", .created_ago = kLongAgo, .updated_ago = kLongAgo});
  world_.See("dora", ResourceRef("free"));
  ExpectDropped(world_, "inactive", Accounts("ana"), "dora");
}

TEST_F(Filters, AnActTowardsSomebodyQuietIsNoSignOfLife) {
  world_.Put(AccountSpec{.id = "dora", .created_ago = kLongAgo, .updated_ago = kLongAgo});
  world_.Put(Quiet({.id = "q"}));
  world_.Put(ResourceSpec{.id = "quiet notes", .author = "q"});
  world_.ReadThrough("dora", ResourceRef("quiet notes"));
  ExpectDropped(world_, "inactive", Accounts("ana"), "dora");
}

}  // namespace
}  // namespace staffroom
