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
  Pair(const std::vector<Told>& one, const std::vector<Told>& other, WorldIndex index = WorldIndex::kExact)
      : one_world_(index),
        other_world_(index),
        one_(&one_world_, DefaultSources(&one_popular_), DefaultFilters()),
        other_(&other_world_, DefaultSources(&other_popular_), DefaultFilters()) {
    for (const Told& told : one) one_world_.Tell(told);
    for (const Told& told : other) other_world_.Tell(told);
  }
  World& one_world() { return one_world_; }
  World& other_world() { return other_world_; }

  // As the server does every few seconds; before the first time the fallback looks at everything.
  void ListWhatIsPopular() {
    RebuildFrom(one_world_, &one_popular_);
    RebuildFrom(other_world_, &other_popular_);
  }

  // On the first page and the two after it, each world going on from its own.
  bool AgreeOn(const Query& query) const {
    Query one_query = query, other_query = query;
    for (int page = 1; page <= 3; ++page) {
      const std::string one = Answered(one_world_, one_, one_query);
      const std::string other = Answered(other_world_, other_, other_query);
      EXPECT_EQ(one, other) << "asker " << query.account_id << ", kind " << query.item_kind << ", page " << page;
      if (one != other) return false;
      if (!GoOn(one_, &one_query) || !GoOn(other_, &other_query)) break;
    }
    return true;
  }

 private:
  static bool GoOn(const Questions& questions, Query* query) {
    const absl::StatusOr<Answer> answer = questions.Try(*query);
    if (!answer.ok() || answer->remaining.empty()) return false;
    query->resumes = true;
    query->resume = answer->remaining;
    query->resumes_fallback = answer->is_fallback;
    return true;
  }

  static void RebuildFrom(const World& world, PopularItems* popular) {
    popular->Rebuild([&](absl::FunctionRef<void(const ReadView&)> read) { world.Read(read); }, WorldNow());
  }

  World one_world_, other_world_;
  PopularItems one_popular_, other_popular_;
  Questions one_, other_;
};

TEST(TwoWorlds, NobodyCanTellWhetherThereIsAQuietAccount) {
  for (uint32_t seed = 1; seed <= 600; ++seed) {
    const Story story = RandomStory(seed);
    const Pair worlds(story.told, Without(story, "quiet"));
    for (const Query& query : AllQueries(story, seed)) ASSERT_TRUE(worlds.AgreeOn(query)) << "seed " << seed;
  }
}

TEST(TwoWorlds, NobodyCanTellFromAListOfWhatIsPopularEither) {
  for (uint32_t seed = 2'001; seed <= 2'100; ++seed) {
    const Story story = RandomStory(seed);
    Pair worlds(story.told, Without(story, "quiet"));
    worlds.ListWhatIsPopular();
    for (const Query& query : AllQueries(story, seed)) ASSERT_TRUE(worlds.AgreeOn(query)) << "seed " << seed;
  }
}

// Thousands of quiet accounts, stubs and erased ones, more by one in one of the worlds; what happened since the list was made
// shows which of list and look-through is used, and how far that goes.
TEST(TwoWorlds, NobodyCanTellFromTheFallbackHowManyTheQuietAre) {
  for (const int quiet : {50, 2'100, 4'100, 8'200}) {
    Pair worlds({}, {});
    for (World* const world : {&worlds.one_world(), &worlds.other_world()}) {
      world->Put(AccountSpec{.id = "ana"});
      for (int i = 0; i < 300; ++i) {
        world->Put(AccountSpec{.id = absl::StrCat("a", i), .created_ago = absl::Hours(24 * 300)});
      }
    }
    worlds.ListWhatIsPopular();
    for (int i = 0; i < quiet; ++i) worlds.one_world().Put(Quiet({.id = absl::StrCat("q", i)}));
    for (World* const world : {&worlds.one_world(), &worlds.other_world()}) {
      for (int i = 0; i < 3; ++i) world->Follow(absl::StrCat("a", 10 + i), "a299");
      world->Put(AccountSpec{.id = "newcomer"});
    }
    ASSERT_TRUE(worlds.AgreeOn(Accounts("ana"))) << quiet;
  }
}

// Erased, it must leave as little as it did before: what it made must not come out of hiding.
TEST(TwoWorlds, NobodyCanTellWhetherThereWasAQuietAccountThatIsErased) {
  for (uint32_t seed = 1'501; seed <= 1'650; ++seed) {
    const Story story = RandomStory(seed);
    Pair worlds(story.told, Without(story, "quiet"));
    worlds.one_world().Erase("quiet");
    for (const Query& query : AllQueries(story, seed)) ASSERT_TRUE(worlds.AgreeOn(query)) << "seed " << seed;
  }
}

// Several hundred things in all directions, and among them those of a quiet account.
std::vector<Told> Library(uint32_t seed, bool with_quiet) {
  std::mt19937 random(seed);
  const auto direction = [&] {
    std::vector<float> values(kWorldDimensions);
    for (float& value : values) value = static_cast<float>(random() % 1000) - 500;
    return values;
  };
  std::vector<Told> told = {AccountSpec{.id = "ana", .vector = direction()}};
  if (with_quiet) told.push_back(Quiet({.id = "quiet", .vector = {1, 1}}));
  for (int i = 0; i < 600; ++i) {
    const bool is_quiet = i % 3 == 0;
    const ResourceSpec resource{
        .id = absl::StrCat("r", i), .author = is_quiet ? "quiet" : "", .ago = absl::Hours(i), .vector = direction()};
    if (!is_quiet || with_quiet) told.push_back(resource);
  }
  return told;
}

// Walks over graphs find about what is near: one row more, anywhere, and they find something else. (What belongs to an account
// that turns quiet later stays in the graphs, dead, until these are rewritten.)
TEST(TwoWorlds, AQuietAccountIsNoNodeOfAnyGraph) {
  for (uint32_t seed = 1; seed <= 10; ++seed) {
    const Pair worlds(Library(seed, true), Library(seed, false), WorldIndex::kWalked);
    ASSERT_TRUE(worlds.AgreeOn(Resources("ana"))) << "seed " << seed;
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
