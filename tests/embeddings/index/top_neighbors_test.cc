#include "embeddings/index/top_neighbors.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

using ::testing::ElementsAre;

TEST(TopNeighbors, KeepsTheBestInOrder) {
  TopNeighbors top(2);
  top.Offer(1, 0.1f);
  top.Offer(2, 0.9f);
  top.Offer(3, 0.5f);
  EXPECT_THAT(std::move(top).TakeBestFirst(), ElementsAre(Neighbor{2, 0.9f}, Neighbor{3, 0.5f}));
}

TEST(TopNeighbors, PrefersTheSmallerOrdinalOfEquals) {
  TopNeighbors top(2);
  for (uint32_t ordinal : {5u, 3u, 9u, 4u}) top.Offer(ordinal, 0.5f);
  EXPECT_THAT(std::move(top).TakeBestFirst(), ElementsAre(Neighbor{3, 0.5f}, Neighbor{4, 0.5f}));
}

TEST(TopNeighbors, GivesAllWhenFewWereOffered) {
  TopNeighbors top(5);
  top.Offer(1, -0.5f);
  EXPECT_THAT(std::move(top).TakeBestFirst(), ElementsAre(Neighbor{1, -0.5f}));
}

TEST(TopNeighbors, KeepsSimilarityWithinItsRange) {
  TopNeighbors top(3);
  top.Offer(1, 1.0000001f);
  top.Offer(2, -1.0000001f);
  EXPECT_THAT(std::move(top).TakeBestFirst(), ElementsAre(Neighbor{1, 1.0f}, Neighbor{2, -1.0f}));
}

TEST(TopNeighbors, DoesNotDependOnTheOrderOfOffers) {
  std::mt19937 random(1);
  std::vector<Neighbor> offers;
  for (uint32_t ordinal = 0; ordinal < 200; ++ordinal) {
    offers.push_back({ordinal, static_cast<float>(random() % 20) / 20});
  }
  std::vector<Neighbor> expected = offers;
  std::sort(expected.begin(), expected.end(), IsBetter);
  expected.resize(17);
  for (int round = 0; round < 50; ++round) {
    std::shuffle(offers.begin(), offers.end(), random);
    TopNeighbors top(17);
    for (const Neighbor& offer : offers) top.Offer(offer.ordinal, offer.similarity);
    ASSERT_EQ(std::move(top).TakeBestFirst(), expected);
  }
}

}  // namespace
}  // namespace staffroom::embeddings
