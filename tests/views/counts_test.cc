// Who counts as a user, whose vote counts, and that a digest does not know ordinals.
#include <gtest/gtest.h>

#include <cstdint>
#include <ostream>
#include <variant>

#include "tests/views/told_views.h"

namespace staffroom {
namespace {

Change Undone(const Change& change) { return InteractionErased{std::get<InteractionChanged>(change).record}; }

Change InState(uint32_t account, storage::State state) {
  Change change = Account(account);
  std::get<AccountChanged>(change).record.set_state(state);
  return change;
}

struct Counts {
  uint32_t organic_users = 0, users = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
  friend void PrintTo(const Counts& counts, std::ostream* out) {
    *out << counts.organic_users << " organic users of " << counts.users << " users";
  }
};
Counts CountsOfResource(ToldViews& views, uint32_t resource) {
  Counts counts;
  views->Read([&](const ReadView& view) {
    counts = {view.engagement.OrganicUsers(storage::ITEM_RESOURCE, resource),
              view.engagement.Users(storage::ITEM_RESOURCE, resource)};
  });
  return counts;
}

TEST(Users, CountAPersonOnceHoweverOftenTheyComeBack) {
  ToldViews views;
  const Change first = Did(1, storage::READ, 1, 10), again = Did(1, storage::READ, 1, 20);
  views.Apply({Account(1), Resource(1), first, again, Did(1, storage::SAVE, 1, 30), Did(1, storage::VIEW, 1, 5)});
  EXPECT_EQ(CountsOfResource(views, 1), (Counts{1, 1}));
  views.Apply({Undone(first), Undone(Did(1, storage::SAVE, 1, 30))});
  EXPECT_EQ(CountsOfResource(views, 1), (Counts{1, 1}));
  views.Apply({Undone(again)});
  EXPECT_EQ(CountsOfResource(views, 1), (Counts{0, 0})) << "a view says no more than that it was on a screen";
}

TEST(Users, AreOrganicUnlessOnlyOurListsLedThemThere) {
  ToldViews views;
  const Change by_itself = Did(1, storage::LIKE, 1, 20);
  views.Apply({Account(1), Resource(1), Did(1, storage::READ, 1, 10, true)});
  EXPECT_EQ(CountsOfResource(views, 1), (Counts{0, 1}));
  views.Apply({by_itself});
  EXPECT_EQ(CountsOfResource(views, 1), (Counts{1, 1}));
  views.Apply({Undone(by_itself)});
  EXPECT_EQ(CountsOfResource(views, 1), (Counts{0, 1}));
}

TEST(Users, AreAccountsInGoodStanding) {
  ToldViews views;
  views.Apply({Account(1), Resource(1), Did(1, storage::READ, 1, 10), Did(1, storage::READ, 1, 20)});
  for (const storage::State state : {storage::SUSPENDED, storage::UNDER_REVIEW}) {
    views.Apply({InState(1, state)});
    EXPECT_EQ(CountsOfResource(views, 1), (Counts{0, 0}));
    views.Apply({InState(1, storage::ACTIVE)});
    EXPECT_EQ(CountsOfResource(views, 1), (Counts{1, 1}));
  }
}

TEST(FollowerCount, IsMadeByAccountsInGoodStanding) {
  ToldViews views;
  InteractionChanged follow;
  follow.record.set_actor(1);
  follow.record.set_kind(storage::FOLLOW);
  follow.record.set_target_kind(storage::ITEM_ACCOUNT);
  follow.record.set_target(2);
  views.Apply({Account(1), Account(2), follow});
  const auto counts = [&] {
    Counts found;
    views->Read([&](const ReadView& view) {
      found = {view.graph.FollowerCount(AccountOrdinal(2)), view.graph.FollowingCount(AccountOrdinal(1))};
    });
    return found;
  };
  EXPECT_EQ(counts(), (Counts{1, 1}));
  views.Apply({InState(1, storage::SUSPENDED)});
  EXPECT_EQ(counts(), (Counts{0, 1}));
  views.Apply({InState(1, storage::ACTIVE), InState(2, storage::SUSPENDED)});
  EXPECT_EQ(counts(), (Counts{1, 0}));
}

TEST(ItemActor, ComesBackAsItWasPacked) {
  const AccountOrdinal greatest(kAccountOrdinals - 1);
  for (const storage::InteractionKind kind :
       {storage::LIKE, storage::SAVE, storage::READ, storage::SHARE, storage::REPLY, storage::REPORT}) {
    for (const bool attributed : {false, true}) {
      const ItemActor packed(greatest, kind, attributed);
      EXPECT_EQ(packed.actor(), greatest);
      EXPECT_EQ(packed.kind(), kind);
      EXPECT_EQ(packed.attributed(), attributed);
    }
  }
}

TEST(Digest, OfAPostDoesNotDependOnTheOrdinalsOfWhatItNames) {
  uint64_t digests[2];
  for (const bool swapped : {false, true}) {
    ToldViews views;
    Change one = Resource(swapped ? 2 : 1), other = Resource(swapped ? 1 : 2);
    std::get<ResourceChanged>(one).record.set_id("one");
    std::get<ResourceChanged>(other).record.set_id("other");
    Change post = Post(1, 1);
    std::get<PostChanged>(post).record.add_resources(1);
    std::get<PostChanged>(post).record.add_resources(2);
    views.Apply({Account(1), one, other, post});
    digests[swapped ? 1 : 0] = views->Digest();
  }
  EXPECT_EQ(digests[0], digests[1]);
}

}  // namespace
}  // namespace staffroom
