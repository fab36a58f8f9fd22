#include "service/views/adjacency.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <ostream>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/base/ordinal.h"
#include "service/views/engagement.h"
#include "service/views/graph.h"

namespace staffroom {
namespace {

// Of 4, 8 and 12 bytes: two, one and none of them fit into the head of a list.
AccountOrdinal Numbered(uint32_t number, AccountOrdinal) { return AccountOrdinal(number); }
TimedAccount Numbered(uint32_t number, TimedAccount) { return {AccountOrdinal(number / 3), number % 3}; }
Engagement Numbered(uint32_t number, Engagement) { return {.time_s = number / 3, .target = number % 3}; }

template <typename Entry>
class AdjacencyOf : public ::testing::Test {};
using Entries = ::testing::Types<AccountOrdinal, TimedAccount, Engagement>;
TYPED_TEST_SUITE(AdjacencyOf, Entries);

TYPED_TEST(AdjacencyOf, HoldsWhatAMultisetHoldsWhileListsGrowAndShrink) {
  std::mt19937 random(17);
  Adjacency<TypeParam> edges;
  std::map<uint32_t, std::multiset<TypeParam>> model;
  for (int step = 0; step < 20'000; ++step) {
    const uint32_t from = random() % 20;
    const TypeParam to = Numbered(1 + random() % 30, TypeParam());
    std::multiset<TypeParam>& expected = model[from];
    const bool grows = step / 2'000 % 2 == 0;
    if (random() % 5 < (grows ? 4 : 1)) {
      edges.Add(from, to);
      expected.insert(to);
    } else {
      const auto found = expected.find(to);
      EXPECT_EQ(edges.Remove(from, to), found != expected.end());
      if (found != expected.end()) expected.erase(found);
    }
    ASSERT_THAT(edges.Of(from), testing::ElementsAreArray(expected.begin(), expected.end()));
    ASSERT_EQ(edges.Contains(from, to), expected.count(to) > 0);
  }
}

// What a community's follows cost.
struct Community {
  int follows_each = 0;
  bool has_stars = false;        // most follow few, as the cube of a uniform number falls
  bool has_turned_over = false;  // three times as many follows have come and gone
  double bytes_most = 0;
  friend void PrintTo(const Community& community, std::ostream* out) {
    *out << "at most " << community.bytes_most << " bytes a follow";
  }
};

struct Follows {
  Adjacency<AccountOrdinal> out, in;
  std::vector<std::pair<uint32_t, uint32_t>> held;
  int64_t bytes() const { return out.bytes() + in.bytes(); }
};

void Fill(const Community& community, Follows* follows) {
  constexpr uint32_t kAccounts = 2'000;
  std::mt19937 random(17);
  const auto below = [&](double n) { return static_cast<uint32_t>(std::uniform_real_distribution<>(0, n)(random)); };
  const auto add = [&] {
    const double place = std::uniform_real_distribution<>(0, 1)(random);
    const uint32_t from = 1 + below(kAccounts);
    const uint32_t to = 1 + static_cast<uint32_t>(kAccounts * (community.has_stars ? std::pow(place, 3) : place));
    follows->out.Add(from, AccountOrdinal(to));
    follows->in.Add(to, AccountOrdinal(from));
    follows->held.emplace_back(from, to);
  };
  const int count = static_cast<int>(kAccounts) * community.follows_each;
  for (int i = 0; i < count; ++i) add();
  for (int i = 0; community.has_turned_over && i < 3 * count; ++i) {
    std::swap(follows->held[below(count)], follows->held.back());
    const auto [from, to] = follows->held.back();
    follows->held.pop_back();
    follows->out.Remove(from, AccountOrdinal(to));
    follows->in.Remove(to, AccountOrdinal(from));
    add();
  }
}

class FollowCost : public ::testing::TestWithParam<Community> {};

TEST_P(FollowCost, IsWhatTheHeaderSays) {
  Follows follows;
  Fill(GetParam(), &follows);
  EXPECT_LE(static_cast<double>(follows.bytes()) / static_cast<double>(follows.out.size()), GetParam().bytes_most);
}

INSTANTIATE_TEST_SUITE_P(Communities, FollowCost,
                         ::testing::Values(Community{100, false, false, 9.5}, Community{100, true, false, 9.5},
                                           Community{100, false, true, 10.0}, Community{100, true, true, 10.0},
                                           Community{20, false, false, 11.5}, Community{20, true, false, 11.5},
                                           Community{20, false, true, 12.6}, Community{20, true, true, 12.8},
                                           Community{5, false, true, 22.5}, Community{5, true, true, 20.5},
                                           Community{2, false, true, 28.5}, Community{2, true, true, 27.5}),
                         [](const auto& community) {
                           return absl::StrCat(community.param.follows_each, "Each",
                                               community.param.has_stars ? "WithStars" : "",
                                               community.param.has_turned_over ? "TurnedOver" : "");
                         });

// Bytes on the heap, as the allocator counts them; always the same number where it does not, as that of a sanitizer.
size_t TakenFromTheHeap() {
  const struct mallinfo2 heap = mallinfo2();
  return heap.uordblks + heap.hblkhd;
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define STAFFROOM_SANITIZED 1
#endif
#endif
#ifdef STAFFROOM_SANITIZED
constexpr bool kHasSanitizersAllocator = true;
#else
constexpr bool kHasSanitizersAllocator = false;
#endif

bool AllocatorKeepsAccounts() {
  const size_t before = TakenFromTheHeap();
  const auto block = std::make_unique<std::vector<char>>(100'000);
  return TakenFromTheHeap() >= before + block->size();
}

TEST(Adjacency, ReportsWhatTheAllocatorGaveIt) {
  if (kHasSanitizersAllocator) GTEST_SKIP() << "a sanitizer's allocator keeps no accounts";
  ASSERT_TRUE(AllocatorKeepsAccounts());
  for (const int follows_each : {2, 20, 100}) {
    Follows follows;
    const size_t before = TakenFromTheHeap();
    Fill({follows_each, true, true}, &follows);
    std::vector<std::pair<uint32_t, uint32_t>>().swap(follows.held);
    const double given = static_cast<double>(TakenFromTheHeap()) - static_cast<double>(before);
    EXPECT_NEAR(static_cast<double>(follows.bytes()) / given, 1.0, 0.02) << follows_each << " follows each";
  }
}

TEST(Adjacency, GivesBackWhatIsRemoved) {
  Adjacency<AccountOrdinal> edges;
  edges.Add(1, AccountOrdinal(1));
  edges.Add(1, AccountOrdinal(2));
  const int64_t few = edges.bytes();
  for (uint32_t to = 3; to <= 1'000; ++to) edges.Add(1, AccountOrdinal(to));
  EXPECT_GE(edges.bytes(), few + 4'000);
  for (uint32_t to = 1'000; to > 100; --to) edges.Remove(1, AccountOrdinal(to));
  EXPECT_LE(edges.bytes(), few + 600);
  for (uint32_t to = 100; to > 2; --to) edges.Remove(1, AccountOrdinal(to));
  EXPECT_EQ(edges.bytes(), few) << "two entries lie in the head";
  EXPECT_THAT(edges.Of(1), testing::ElementsAre(AccountOrdinal(1), AccountOrdinal(2)));
}

TEST(Adjacency, TakesAWholeListAtOnce) {
  Adjacency<AccountOrdinal> edges;
  edges.Add(2, AccountOrdinal(1));
  const int64_t few = edges.bytes();
  for (const uint32_t entries : {1u, 2u, 1'000u}) {
    for (uint32_t to = 1; to <= entries; ++to) edges.Add(1, AccountOrdinal(to));
    edges.Clear(1);
    EXPECT_THAT(edges.Of(1), testing::IsEmpty());
    EXPECT_FALSE(edges.Remove(1, AccountOrdinal(1)));
    EXPECT_EQ(edges.size(), 1);
    EXPECT_EQ(edges.bytes(), few);
  }
  edges.Clear(4'000'000'000u);
  edges.Add(1, AccountOrdinal(7));
  EXPECT_THAT(edges.Of(1), testing::ElementsAre(AccountOrdinal(7)));
}

TEST(Adjacency, AnswersForOrdinalsItHasNeverSeen) {
  const Adjacency<AccountOrdinal> edges;
  EXPECT_THAT(edges.Of(4'000'000'000u), testing::IsEmpty());
  EXPECT_FALSE(edges.Contains(7, AccountOrdinal(1)));
}

}  // namespace
}  // namespace staffroom
