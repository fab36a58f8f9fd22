#include "service/recommend/may_be_shown.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/recommend/plain_model.h"
#include "tests/recommend/told_world.h"
#include "tests/support/world.h"

namespace staffroom {
namespace {

bool Shown(const World& world, absl::string_view viewer, const ItemRef& ref) {
  bool shown = false;
  world.Read(
      [&](const ReadView& view) { shown = MayBeShown(view, view.catalog.FindAccount(viewer), FindItem(view, ref)); });
  return shown;
}

World WorldOf(const std::vector<AccountSpec>& accounts) {
  World world;
  for (const AccountSpec& account : accounts) world.Put(account);
  return world;
}

TEST(MayBeShown, EverybodyIsShownToVisitorsToo) {
  const World world = WorldOf({{.id = "ana"}, {.id = "ben"}});
  EXPECT_TRUE(Shown(world, "ana", AccountRef("ben")));
  EXPECT_TRUE(Shown(world, "", AccountRef("ben")));
}

TEST(MayBeShown, NobodyIsNeverShownNotEvenToAStandingFollowerOrItself) {
  World world = WorldOf({{.id = "ana"}, {.id = "ben", .exposure = storage::NOBODY}});
  world.Follow("ana", "ben");
  world.Follow("ben", "ana");
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben")));
  EXPECT_FALSE(Shown(world, "ben", AccountRef("ben")));
}

TEST(MayBeShown, MyOrganizationsNeedsAJoinInCommonOrToBeTheOrganization) {
  World world = WorldOf({{.id = "ana"}, {.id = "ben", .exposure = storage::MY_ORGANIZATIONS}, {.id = "school"}});
  EXPECT_TRUE(Shown(world, "ben", AccountRef("ben")));
  world.Join("ben", "school");
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben")));
  EXPECT_TRUE(Shown(world, "school", AccountRef("ben"))) << "an organization sees its members";
  world.Join("ana", "school");
  EXPECT_TRUE(Shown(world, "ana", AccountRef("ben")));
  EXPECT_FALSE(Shown(world, "", AccountRef("ben")));
  world.Do({"ana", storage::JOIN, AccountRef("school"), absl::Hours(1), false, /*undone=*/true});
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben")));
}

TEST(MayBeShown, MyOrganizationsIsNotOpenedByFollows) {
  World world = WorldOf({{.id = "ana"}, {.id = "ben", .exposure = storage::MY_ORGANIZATIONS}});
  world.Follow("ben", "ana");
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben")));
}

TEST(MayBeShown, AQuietOrganizationBringsNobodyTogether) {
  World world = WorldOf({{.id = "ana"}, {.id = "ben", .exposure = storage::MY_ORGANIZATIONS}, Quiet({.id = "school"})});
  world.Join("ben", "school");
  world.Join("ana", "school");
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben")));
}

TEST(MayBeShown, TheJoinsOfAQuietViewerOpenNothing) {
  World world = WorldOf({Quiet({.id = "ana"}), {.id = "ben", .exposure = storage::MY_ORGANIZATIONS}, {.id = "school"}});
  world.Join("ben", "school");
  world.Join("ana", "school");
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben")));
}

TEST(MayBeShown, FriendsOfFriendsIsOpenedByThePathThatStartsAtTheAccount) {
  World world = WorldOf({{.id = "ana"}, {.id = "ben", .exposure = storage::FRIENDS_OF_FRIENDS}, {.id = "cleo"}});
  world.Follow("ana", "ben");  // pushing in by following
  world.Follow("ana", "cleo");
  world.Follow("cleo", "ben");
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben")));
  world.Follow("ben", "cleo");
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben"))) << "cleo does not follow ana";
  world.Follow("cleo", "ana");
  EXPECT_TRUE(Shown(world, "ana", AccountRef("ben")));
}

TEST(MayBeShown, FriendsOfFriendsIsOpenedByFollowingTheViewerAndByAJoinInCommon) {
  World world = WorldOf({{.id = "ana"},
                         {.id = "ben", .exposure = storage::FRIENDS_OF_FRIENDS, .follows_hidden = true},
                         {.id = "cleo"},
                         {.id = "school"}});
  world.Follow("ben", "ana");
  EXPECT_TRUE(Shown(world, "ana", AccountRef("ben")));
  EXPECT_FALSE(Shown(world, "cleo", AccountRef("ben")));
  world.Join("ben", "school");
  world.Join("cleo", "school");
  EXPECT_TRUE(Shown(world, "cleo", AccountRef("ben")));
}

TEST(MayBeShown, AQuietAccountInTheMiddleOpensNothingAndAHiddenOneDoes) {
  World world = WorldOf({{.id = "ana"},
                         {.id = "ben", .exposure = storage::FRIENDS_OF_FRIENDS},
                         Quiet({.id = "q"}),
                         {.id = "hidden", .follows_hidden = true}});
  world.Follow("ben", "q");
  world.Follow("q", "ana");
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben")));
  world.Follow("ben", "hidden");
  world.Follow("hidden", "ana");
  EXPECT_TRUE(Shown(world, "ana", AccountRef("ben")));
}

// Who a stub is nobody knows yet: it may turn out to be quiet.
TEST(MayBeShown, StubsAndSuspendedAccountsInTheMiddleOpenNothing) {
  World world = WorldOf({{.id = "ana"},
                         {.id = "ben", .exposure = storage::FRIENDS_OF_FRIENDS},
                         {.id = "banned", .state = storage::SUSPENDED},
                         {.id = "closed school", .kind = storage::ORGANIZATION, .state = storage::SUSPENDED}});
  for (const char* middle : {"stub", "banned"}) {
    world.Follow("ben", middle);
    world.Follow(middle, "ana");
  }
  for (const char* organization : {"stub school", "closed school"}) {
    world.Join("ben", organization);
    world.Join("ana", organization);
  }
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben")));
  EXPECT_FALSE(Shown(world, "closed school", AccountRef("ben")));
  world.Put(AccountSpec{.id = "stub"});
  EXPECT_TRUE(Shown(world, "ana", AccountRef("ben")));
}

TEST(MayBeShown, StubsAndErasedAccountsAreNotShown) {
  World world = WorldOf({{.id = "ana"}, {.id = "ben"}});
  world.Follow("ana", "stub");
  EXPECT_FALSE(Shown(world, "ana", AccountRef("stub")));
  world.Erase("ben");
  EXPECT_FALSE(Shown(world, "ana", AccountRef("ben")));
}

TEST(MayBeShown, APostNeedsItsAuthorShownAndItsAudience) {
  World world = WorldOf({{.id = "ana"}, {.id = "ben"}, {.id = "cleo", .exposure = storage::NOBODY}, {.id = "school"}});
  world.Put(PostSpec{.id = "public", .author = "ben"});
  world.Put(PostSpec{.id = "followers", .author = "ben", .audience = storage::FOLLOWERS});
  world.Put(PostSpec{.id = "members", .author = "ben", .audience = storage::AUDIENCE_MY_ORGANIZATIONS});
  world.Put(PostSpec{.id = "unseen", .author = "cleo"});
  EXPECT_TRUE(Shown(world, "", PostRef("public")));
  EXPECT_FALSE(Shown(world, "ana", PostRef("followers")));
  EXPECT_FALSE(Shown(world, "ana", PostRef("members")));
  EXPECT_FALSE(Shown(world, "ana", PostRef("unseen")));
  world.Follow("ana", "ben");
  world.Follow("ana", "cleo");
  world.Join("ana", "school");
  world.Join("ben", "school");
  EXPECT_TRUE(Shown(world, "ana", PostRef("followers")));
  EXPECT_TRUE(Shown(world, "ana", PostRef("members")));
  EXPECT_FALSE(Shown(world, "ana", PostRef("unseen")));
  EXPECT_FALSE(Shown(world, "", PostRef("followers")));
}

TEST(MayBeShown, AResourceNeedsItsAuthorAndItsPublisherShownWhereSet) {
  World world = WorldOf({{.id = "ana"}, {.id = "ben"}, {.id = "cleo", .exposure = storage::NOBODY}});
  world.Put(ResourceSpec{.id = "free"});
  world.Put(ResourceSpec{.id = "by ben", .author = "ben"});
  world.Put(ResourceSpec{.id = "by cleo", .author = "cleo"});
  world.Put(ResourceSpec{.id = "by ben at cleo's", .author = "ben", .publisher = "cleo"});
  EXPECT_TRUE(Shown(world, "", ResourceRef("free")));
  EXPECT_TRUE(Shown(world, "ana", ResourceRef("by ben")));
  EXPECT_FALSE(Shown(world, "ana", ResourceRef("by cleo")));
  EXPECT_FALSE(Shown(world, "ana", ResourceRef("by ben at cleo's")));
  world.EraseRecord("ben");
  EXPECT_FALSE(Shown(world, "ana", ResourceRef("by ben"))) << "an erased author hides the thing";
}

TEST(MayBeShown, AgreesWithTheTableOverRandomCommunities) {
  int shown = 0;
  int hidden = 0;
  for (uint32_t seed = 1; seed <= 150; ++seed) {
    const Story story = RandomStory(seed);
    const PlainModel model(story.told);
    World world;
    for (const Told& told : story.told) world.Tell(told);
    std::vector<std::string> viewers = story.accounts;
    viewers.push_back("");
    for (const std::string& viewer : viewers) {
      for (const std::string& id : story.accounts) {
        const bool expected = model.MayShowAccount(viewer, id);
        ++(expected ? shown : hidden);
        ASSERT_EQ(Shown(world, viewer, AccountRef(id)), expected) << viewer << " and " << id << ", seed " << seed;
      }
      for (const std::string& id : story.posts) {
        ASSERT_EQ(Shown(world, viewer, PostRef(id)), model.MayShowPost(viewer, id))
            << viewer << " and " << id << ", seed " << seed;
      }
      for (const std::string& id : story.resources) {
        ASSERT_EQ(Shown(world, viewer, ResourceRef(id)), model.MayShowResource(viewer, id))
            << viewer << " and " << id << ", seed " << seed;
      }
    }
  }
  EXPECT_GT(shown, 1'000);
  EXPECT_GT(hidden, 1'000);
}

}  // namespace
}  // namespace staffroom
