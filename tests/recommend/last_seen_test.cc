// When an account was last heard of, as far as everybody can see it: a column of the catalog, kept while posts come and go.

#include "gtest/gtest.h"
#include "service/recommend/popular_items.h"
#include "tests/support/world.h"

namespace staffroom {
namespace {

class LastSeen : public ::testing::Test {
 protected:
  LastSeen() { world_.Put(AccountSpec{.id = "ana", .created_ago = absl::Hours(1000)}); }
  void Post(absl::string_view id, int hours_ago, storage::Audience audience = storage::PUBLIC,
            storage::State state = storage::ACTIVE) {
    world_.Put(PostSpec{
        .id = std::string(id), .author = "ana", .audience = audience, .state = state, .ago = absl::Hours(hours_ago)});
  }
  absl::Duration Ago() const {
    absl::Time seen;
    world_.Read([&](const ReadView& view) {
      seen = absl::FromUnixSeconds(LastSeenOf(view, Item(view.catalog.FindAccount("ana"))));
    });
    return WorldNow() - seen;
  }

  World world_;
};

TEST_F(LastSeen, IsWhenTheAccountWasCreatedUntilItPosts) {
  EXPECT_EQ(Ago(), absl::Hours(1000));
  Post("p", 20);
  EXPECT_EQ(Ago(), absl::Hours(20));
  Post("older", 50);
  EXPECT_EQ(Ago(), absl::Hours(20));
}

TEST_F(LastSeen, APostThatOnlySomeMayReadOrThatWasTakenDownIsNoSign) {
  Post("p", 20);
  Post("followers", 10, storage::FOLLOWERS);
  Post("taken down", 5, storage::PUBLIC, storage::SUSPENDED);
  EXPECT_EQ(Ago(), absl::Hours(20));
}

TEST_F(LastSeen, FallsBackToTheNextNewestWhenTheNewestIsChanged) {
  Post("p", 20);
  Post("newest", 10);
  Post("newest", 10, storage::FOLLOWERS);
  EXPECT_EQ(Ago(), absl::Hours(20));
  Post("newest", 30);
  EXPECT_EQ(Ago(), absl::Hours(20));
  Post("newest", 2);
  EXPECT_EQ(Ago(), absl::Hours(2));
}

TEST_F(LastSeen, SurvivesAnUpdateOfTheAccountAndEndsWithIt) {
  Post("p", 20);
  world_.Put(AccountSpec{.id = "ana", .created_ago = absl::Hours(2000)});
  EXPECT_EQ(Ago(), absl::Hours(20));
  world_.Erase("ana");
  EXPECT_EQ(Ago(), WorldNow() - absl::UnixEpoch());
}

}  // namespace
}  // namespace staffroom
