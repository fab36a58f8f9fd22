#include "service/views/adjacency.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "service/base/ordinal.h"

namespace staffroom {
namespace {

TEST(Adjacency, HoldsWhatAMultisetHoldsUnderRandomAddsAndRemoves) {
  std::mt19937 random(17);
  Adjacency<AccountOrdinal> edges;
  std::map<uint32_t, std::multiset<AccountOrdinal>> model;
  for (int step = 0; step < 20'000; ++step) {
    const uint32_t from = random() % 20;
    const AccountOrdinal to(1 + random() % 30);
    std::multiset<AccountOrdinal>& expected = model[from];
    if (random() % 5 < 3) {
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

TEST(Adjacency, CostsAtMostTwelveBytesAFollowInBothDirections) {
  std::mt19937 random(17);
  Adjacency<AccountOrdinal> out, in;
  constexpr uint32_t kAccounts = 2'000;
  constexpr int kFollows = 200'000;  // 100 each: the 16 bytes a node are few beside them
  for (int i = 0; i < kFollows; ++i) {
    const uint32_t from = 1 + random() % kAccounts;
    const uint32_t to = 1 + random() % kAccounts;
    out.Add(from, AccountOrdinal(to));
    in.Add(to, AccountOrdinal(from));
  }
  EXPECT_LE(static_cast<double>(out.bytes() + in.bytes()) / kFollows, 12.0);
}

TEST(Adjacency, AnswersForOrdinalsItHasNeverSeen) {
  const Adjacency<AccountOrdinal> edges;
  EXPECT_THAT(edges.Of(4'000'000'000u), testing::IsEmpty());
  EXPECT_FALSE(edges.Contains(7, AccountOrdinal(1)));
}

}  // namespace
}  // namespace staffroom
