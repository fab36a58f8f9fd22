#include "embeddings/index/row_codes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "embeddings/index/row_block.h"
#include "embeddings/index/scan_rows.h"
#include "embeddings/index/top_neighbors.h"
#include "gtest/gtest.h"
#include "tests/embeddings/index/index_testing.h"

namespace staffroom::embeddings {
namespace {

struct Coded {
  explicit Coded(const Vector& row) : codes(row.size()) { shape = EncodeRow(row, codes.data()); }
  std::vector<int8_t> codes;
  CodeShape shape;
};

Vector Scaled(Vector vector, float factor) {
  for (float& value : vector) value *= factor;
  return vector;
}

// Texts of few words have few large values: most of what rounding leaves out then lies in the small ones.
Vector SparseUnit(size_t dimensions, std::mt19937& random) {
  Vector vector = RandomUnit(dimensions, random);
  for (float& value : vector) value = random() % 10 == 0 ? value : value * 0.003f;
  return Normalized(std::move(vector));
}

void ExpectWithinSlack(const Vector& query, const Vector& row) {
  const IndexQuery index_query(query, BestDot(), BestCodeDot());
  const Coded coded(row);
  double exact = 0;
  for (size_t i = 0; i < row.size(); ++i) exact += static_cast<double>(query[i]) * row[i];
  const float estimate = index_query.Estimate(coded.codes.data(), coded.shape);
  const float smallest = std::numeric_limits<float>::min();  // where floats end
  EXPECT_LE(std::abs(estimate - exact), index_query.Slack(coded.shape) + smallest) << row.size() << " dimensions";
}

TEST(RowCodes, AnEstimateIsNeverFurtherOffThanItSays) {
  std::mt19937 random(1);
  for (size_t dimensions : {1u, 2u, 3u, 17u, 64u, 100u, 256u, 4096u}) {
    for (int i = 0; i < 200; ++i) {
      ExpectWithinSlack(RandomUnit(dimensions, random), RandomUnit(dimensions, random));
      ExpectWithinSlack(SparseUnit(dimensions, random), SparseUnit(dimensions, random));
      const Vector row = RandomUnit(dimensions, random);
      ExpectWithinSlack(row, row);
      ExpectWithinSlack(Scaled(row, 1e6f), Scaled(RandomUnit(dimensions, random), 1e-6f));
    }
  }
}

TEST(RowCodes, AnEstimateIsNotFarOff) {
  std::mt19937 random(2);
  const Vector query = RandomUnit(256, random);
  const IndexQuery index_query(query, BestDot(), BestCodeDot());
  for (int i = 0; i < 100; ++i) {
    const Coded coded(RandomUnit(256, random));
    EXPECT_LT(index_query.Slack(coded.shape), 0.02f);
  }
}

TEST(RowCodes, WorksOnNumbersTooSmallToDivideBy) {
  const Vector tiny(8, std::numeric_limits<float>::denorm_min());
  ExpectWithinSlack(tiny, tiny);
  ExpectWithinSlack(Vector(8, 0.0f), Vector(8, 0.0f));
}

// Planted: the slack halved, or left out, makes this fail.
TEST(ScanRows, FindsWhatLookingAtEveryRowFinds) {
  std::mt19937 random(3);
  for (size_t dimensions : {3u, 32u, 256u}) {
    // Neighbours crowd: most rows lie closer together than codes can tell apart.
    const Clusters clusters(3, dimensions, random);
    RowBlock rows(dimensions);
    for (uint32_t i = 0; i < 2000; ++i) {
      Vector row = clusters.Draw(random);
      if (i % 2 == 0 && i > 0) {
        row.assign(rows.span(i - 1).begin(), rows.span(i - 1).end());
        row[random() % dimensions] += 0.001f;
        row = Normalized(std::move(row));
      }
      rows.Append(i, row);
    }
    for (int repeat = 0; repeat < 20; ++repeat) {
      const Vector query = clusters.Draw(random);
      const IndexQuery index_query(query, BestDot(), BestCodeDot());
      const auto passes = [](uint32_t slot) { return slot % 3 != 0; };
      TopNeighbors scanned(50), offered(50);
      ScanRows(rows, index_query, passes, scanned);
      for (uint32_t slot = 0; slot < rows.size(); ++slot) {
        if (passes(slot)) offered.Offer(slot, index_query.Exact(rows.row(slot)));
      }
      EXPECT_EQ(std::move(scanned).TakeBestFirst(), std::move(offered).TakeBestFirst());
    }
  }
}

}  // namespace
}  // namespace staffroom::embeddings
