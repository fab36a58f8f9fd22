// The promise to the quiet: a world with a quiet account and one in which it, everything it did and everything that was
// done to it never existed give everybody else the same answers, bit for bit. 600 random worlds are told twice; the quiet
// account's deeds come in between the others', so ordinals, words and indexes differ between the two.
//
// And the other side of it: answers do not depend on who came first.

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/recommend/dump.h"
#include "tests/recommend/told_world.h"

namespace staffroom {
namespace {

// What everybody but the quiet account could ask, from the seed alone.
std::vector<Query> AllQueries(const Story& story, uint32_t seed) {
  static const std::vector<float>& visitor = *new std::vector<float>{0.6f, 0.8f, 0, 0, 0, 0, 0, 0};
  std::mt19937 random(seed ^ 0x5eed);
  const auto below = [&](size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(random); };
  std::vector<Query> queries;
  const auto add = [&](Query query) {
    query.count = 1 + static_cast<int>(below(6));
    query.surface = "feed";
    query.knobs = {static_cast<float>(below(3)) / 2, static_cast<float>(below(3)) / 4,
                   static_cast<float>(below(3)) / 4};
    if (below(2) == 0) {
      query.exclude = {AccountRef("quiet"), AccountRef("nobody"), ResourceRef(story.resources[below(10)]),
                       PostRef(story.posts[below(14)])};
      query.liked = {ResourceRef(story.resources[below(10)])};
      query.disliked = {AccountRef(story.accounts[below(14)])};
    }
    if (below(4) == 0) query.filter.subjects = {"fractions", "MAPS"};
    queries.push_back(query);
  };
  for (const std::string& account : story.accounts) {
    if (account == "quiet") continue;
    add(Accounts(account));
    add(Resources(account));
  }
  for (Query query : {Accounts(""), Resources("")}) {
    query.profile.interests = {"Fractions", "poetry"};
    query.profile.grade_bands = {1};
    query.profile.region = "GB-SCT";
    query.asker_vector = visitor;
    add(query);
  }
  return queries;
}

// Two tellings that must answer alike.
class Pair {
 public:
  Pair(const std::vector<Told>& one, const std::vector<Told>& other) : one_(&one_world_), other_(&other_world_) {
    for (const Told& told : one) one_world_.Tell(told);
    for (const Told& told : other) other_world_.Tell(told);
  }
  bool AgreeOn(const Query& query) const {
    const std::string one = Answered(one_world_, one_, query);
    const std::string other = Answered(other_world_, other_, query);
    EXPECT_EQ(one, other) << "asker " << query.account_id << ", kind " << query.item_kind;
    return one == other;
  }

 private:
  World one_world_, other_world_;
  Questions one_, other_;
};

TEST(TwoWorlds, NobodyCanTellWhetherThereIsAQuietAccount) {
  for (uint32_t seed = 1; seed <= 600; ++seed) {
    const Story story = RandomStory(seed);
    const Pair worlds(story.told, Without(story, "quiet"));
    for (const Query& query : AllQueries(story, seed)) ASSERT_TRUE(worlds.AgreeOn(query)) << "seed " << seed;
  }
}

// The same deeds in the same order (a state's last word counts), the objects in another.
std::vector<Told> InAnotherOrder(const std::vector<Told>& told, uint32_t seed) {
  std::vector<Told> objects, deeds;
  for (const Told& one : told) {
    if (const auto* account = std::get_if<AccountSpec>(&one); account != nullptr && account->id == "quiet") {
      deeds.push_back(one);  // told twice: its last word counts as well
    } else {
      (std::holds_alternative<Deed>(one) ? deeds : objects).push_back(one);
    }
  }
  std::shuffle(objects.begin(), objects.end(), std::mt19937(seed));
  objects.insert(objects.end(), deeds.begin(), deeds.end());
  return objects;
}

TEST(TwoWorlds, NobodyCanTellWhoCameFirst) {
  for (uint32_t seed = 1'001; seed <= 1'150; ++seed) {
    const Story story = RandomStory(seed);
    const Pair worlds(story.told, InAnotherOrder(story.told, seed));
    for (const Query& query : AllQueries(story, seed)) ASSERT_TRUE(worlds.AgreeOn(query)) << "seed " << seed;
  }
}

// More equals than any source has places for: all tie, and where the cut falls must not be where the ordinals say.
std::vector<Told> Crowd(bool with_quiet, bool backwards) {
  std::vector<Told> told;
  const int size = 450;
  for (int i = 0; i < size; ++i) {
    const int number = backwards ? size - 1 - i : i;
    if (with_quiet && i % 100 == 7)
      told.push_back(Deed{"quiet", storage::FOLLOW, AccountRef(absl::StrCat("a", (i * 7) % size))});
    told.push_back(AccountSpec{.id = absl::StrCat("a", number), .interests = {"fractions"}, .vector = {1, 0}});
    told.push_back(ResourceSpec{.id = absl::StrCat("r", number), .tags = {"fractions"}, .vector = {1, 0}});
  }
  if (with_quiet) told.push_back(Quiet({.id = "quiet", .interests = {"fractions"}, .vector = {1, 0}}));
  told.push_back(AccountSpec{.id = "ana", .interests = {"fractions"}, .vector = {1, 0}});
  told.push_back(AccountSpec{.id = "friend"});
  told.push_back(AccountSpec{.id = "reader"});
  told.push_back(Deed{"ana", storage::FOLLOW, AccountRef("friend")});
  told.push_back(Deed{"ana", storage::LIKE, ResourceRef("r0")});
  told.push_back(Deed{"reader", storage::LIKE, ResourceRef("r0")});
  for (int i = 0; i < size; ++i) {
    told.push_back(Deed{"friend", storage::FOLLOW, AccountRef(absl::StrCat("a", i))});
    told.push_back(Deed{"friend", storage::SAVE, ResourceRef(absl::StrCat("r", i))});
    told.push_back(Deed{"reader", storage::READ, ResourceRef(absl::StrCat("r", i))});
  }
  return told;
}

TEST(TwoWorlds, ACrowdOfEqualsIsCutByIdAndNotByArrival) {
  const std::vector<Told> plain = Crowd(false, false);
  for (const std::vector<Told>& other : {Crowd(true, false), Crowd(false, true)}) {
    const Pair worlds(plain, other);
    for (const Query& query : {Accounts("ana"), Resources("ana")}) ASSERT_TRUE(worlds.AgreeOn(query));
  }
}

}  // namespace
}  // namespace staffroom
