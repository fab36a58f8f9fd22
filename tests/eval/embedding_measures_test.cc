#include "tests/eval/embedding_measures.h"

#include <cmath>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using Numbers = std::vector<double>;

TextVectors InThePlane(const std::vector<double>& degrees) {
  TextVectors vectors{.dimensions = 2, .values = {}};
  for (double angle : degrees) {
    vectors.values.push_back(static_cast<float>(std::cos(angle * std::acos(-1.0) / 180)));
    vectors.values.push_back(static_cast<float>(std::sin(angle * std::acos(-1.0) / 180)));
  }
  return vectors;
}

TEST(Correlation, IsOneForALineAndLessForACurve) {
  const Numbers x = {1, 2, 3, 4};
  EXPECT_THAT(Pearson(x, Numbers{3, 5, 7, 9}), DoubleNear(1, 1e-12));
  EXPECT_THAT(Pearson(x, Numbers{9, 7, 5, 3}), DoubleNear(-1, 1e-12));
  EXPECT_THAT(Pearson(x, Numbers{1, 1, 1, 9}), DoubleNear(12 / std::sqrt(5 * 48), 1e-12));
  EXPECT_EQ(Pearson(x, Numbers{2, 2, 2, 2}), 0);
}

TEST(Correlation, OfRanksSeesOrderOnlyAndSharesRanksOfEquals) {
  EXPECT_THAT(Spearman(Numbers{1, 2, 3}, Numbers{1, 10, 1000}), DoubleNear(1, 1e-12));
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
  EXPECT_THAT(Spearman(Numbers{0, 5, 5, 9}, Numbers{1, 2, 3, 4}), DoubleNear(4.5 / std::sqrt(4.5 * 5), 1e-12));
}

TEST(NearestRows, AreInOrderOfCosineAndThenOfTheFile) {
  const TextVectors rows = InThePlane({90, 10, 340, 10, 180});
  const TextVectors query = InThePlane({0});
  EXPECT_THAT(NearestRows(rows, query.row(0), 2), ElementsAre(1, 3));
  EXPECT_THAT(NearestRows(rows, query.row(0), 9).size(), 5u);
  EXPECT_THAT(NearestRows(rows, rows.row(1), 2, 1), ElementsAre(3, 2));
}

TEST(Ndcg, IsOneForTheBestOrderAndDiscountsByRank) {
  EXPECT_THAT(Ndcg(Numbers{2, 1, 0}, {1, 2}, 10), DoubleNear(1, 1e-12));
  EXPECT_THAT(Ndcg(Numbers{0, 1}, {1}, 10), DoubleNear(1 / std::log2(3), 1e-12));
  EXPECT_THAT(Ndcg(Numbers{0, 0, 1}, {1}, 2), DoubleNear(0, 1e-12));
  EXPECT_THAT(Ndcg(Numbers{1}, {1, 1}, 1), DoubleNear(1, 1e-12));
}

TEST(ConversationHits, CountsPostsWhoseConversationIsNear) {
  const TextVectors posts = InThePlane({0, 5, 90, 95, 180});
  const std::vector<std::string> conversations = {"a", "a", "b", "c", "b"};
  // "c" is alone; the b at 90 finds c first, the b at 180 too.
  EXPECT_EQ(ConversationHits(posts, conversations, 1), 0.5);
  EXPECT_EQ(ConversationHits(posts, conversations, 4), 1.0);
  EXPECT_EQ(ConversationHits(posts, std::vector<std::string>{"1", "2", "3", "4", "5"}, 4), 0.0);
}

}  // namespace
}  // namespace staffroom
