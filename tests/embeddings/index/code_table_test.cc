#include "embeddings/index/code_table.h"

#include <cstdint>
#include <random>
#include <vector>

#include "absl/types/span.h"
#include "embeddings/kernels/dot.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/embeddings/index/index_testing.h"

namespace staffroom::embeddings {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

std::vector<float> Compare(const CodeTable& table, const Vector& query, const std::vector<uint32_t>& ordinals) {
  std::vector<float> similarities(ordinals.size(), 9.0f);
  table.Compare(query, ordinals, absl::MakeSpan(similarities));
  return similarities;
}

TEST(CodeTable, ComparesAboutExactlyInAnyOrder) {
  std::mt19937 random(1);
  CodeTable table(256);
  std::vector<Vector> rows;
  std::vector<uint32_t> ordinals;
  for (uint32_t ordinal = 0; ordinal < 3000; ++ordinal) {
    rows.push_back(RandomUnit(256, random));
    table.Set(ordinal, rows.back());
  }
  for (int i = 0; i < 500; ++i) ordinals.push_back(static_cast<uint32_t>(random() % rows.size()));
  const Vector query = RandomUnit(256, random);
  const std::vector<float> similarities = Compare(table, query, ordinals);
  for (size_t i = 0; i < ordinals.size(); ++i) {
    EXPECT_NEAR(similarities[i], BestDot()(query.data(), rows[ordinals[i]].data(), 256), 0.01f) << ordinals[i];
  }
}

TEST(CodeTable, ComparesRowsWithARow) {
  std::mt19937 random(4);
  CodeTable table(256);
  std::vector<Vector> rows;
  for (uint32_t ordinal = 0; ordinal < 50; ++ordinal) {
    rows.push_back(RandomUnit(256, random));
    table.Set(ordinal, rows.back());
  }
  std::vector<float> similarities(3, 9.0f);
  table.CompareTo(7, {7, 8, 99}, absl::MakeSpan(similarities));
  EXPECT_NEAR(similarities[0], 1, 0.01f);
  EXPECT_NEAR(similarities[1], BestDot()(rows[7].data(), rows[8].data(), 256), 0.02f);
  EXPECT_EQ(similarities[2], 0);
  table.CompareTo(99, {7, 8, 99}, absl::MakeSpan(similarities));
  EXPECT_THAT(similarities, Each(0.0f));
}

TEST(CodeTable, EqualRowsGetEqualNumbers) {
  std::mt19937 random(2);
  CodeTable table(100);
  const Vector row = RandomUnit(100, random);
  table.Set(7, row);
  table.Set(5000, row);
  const std::vector<float> similarities = Compare(table, RandomUnit(100, random), {7, 5000});
  EXPECT_EQ(similarities[0], similarities[1]);
}

TEST(CodeTable, HoldsTheNewestRowAndNoneAfterAnEmptyOne) {
  CodeTable table(4);
  table.Set(3, AtAngle(0));
  table.Set(3, AtAngle(90));
  EXPECT_THAT(Compare(table, AtAngle(90), {3}), ElementsAre(testing::FloatNear(1, 0.01f)));
  table.Set(3, {});
  table.Set(9, {});
  EXPECT_THAT(Compare(table, AtAngle(90), {3, 2, 9, 12345}), Each(0.0f));
}

TEST(CodeTable, AnEmptyQueryIsLikeNothing) {
  CodeTable table(4);
  table.Set(1, AtAngle(0));
  EXPECT_THAT(Compare(table, {}, {1}), Each(0.0f));
  EXPECT_THAT(Compare(table, AtAngle(0), {}), Each(0.0f));
}

}  // namespace
}  // namespace staffroom::embeddings
