#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "embeddings/index/vector_index.h"
#include "gtest/gtest.h"
#include "tests/embeddings/index/index_testing.h"

namespace staffroom::embeddings {
namespace {

constexpr size_t kDimensionCount = 256;
constexpr int kCount = 10;

// Share of the exact ten nearest that `index` finds, over 100 queries.
double Recall(const VectorIndex& index, const VectorIndex& exact, const Clusters& clusters,
              std::optional<OrdinalFilter> filter, std::mt19937& random) {
  size_t found = 0;
  size_t wanted = 0;
  for (int i = 0; i < 100; ++i) {
    const Vector query = clusters.Draw(random);
    const auto expected = Ordinals(exact.Search(query, {.count = kCount, .filter = filter}));
    const auto answer = Ordinals(index.Search(query, {.count = kCount, .filter = filter}));
    for (uint32_t ordinal : expected) {
      found += static_cast<size_t>(std::count(answer.begin(), answer.end(), ordinal));
    }
    wanted += expected.size();
  }
  return static_cast<double>(found) / static_cast<double>(wanted);
}

TEST(VectorIndexRecall, IsAtLeast95PercentAtAnySelectivityAndTombstones) {
  std::mt19937 random(1);
  const Clusters clusters(200, kDimensionCount, random);
  const auto index = NewIndex({.seal_at = 8000, .merge = {}, .walk = {.place_cost = 50}});
  const auto exact = NewIndex({.exact_only = true});
  const auto upsert = [&](uint32_t ordinal) {
    const Vector vector = clusters.Draw(random);
    index->Upsert(ordinal, vector);
    exact->Upsert(ordinal, vector);
  };
  for (uint32_t ordinal = 0; ordinal < 17000; ++ordinal) {
    upsert(ordinal);
    if (ordinal % 8000 == 7999) BuildAll(*index);
  }
  ASSERT_EQ(index->stats().graphs, 2u);
  for (uint32_t per_mille : {1000u, 500u, 100u, 10u, 1u}) {
    const auto filter = [per_mille](uint32_t ordinal) { return ordinal % 1000 < per_mille; };
    EXPECT_GE(Recall(*index, *exact, clusters, filter, random), 0.95) << per_mille << " of 1,000";
  }
  for (uint32_t ordinal = 0; ordinal < 17000; ordinal += 7) upsert(ordinal);
  for (uint32_t ordinal = 3; ordinal < 17000; ordinal += 14) {
    index->Remove(ordinal);
    exact->Remove(ordinal);
  }
  EXPECT_GT(index->stats().dead_rows, 3000u);
  EXPECT_GE(Recall(*index, *exact, clusters, std::nullopt, random), 0.95) << "21% dead";
}

// People repost. A graph with a node for each copy loses its way among them.
TEST(VectorIndexRecall, DoesNotSufferFromCopies) {
  std::mt19937 random(2);
  const Clusters clusters(200, kDimensionCount, random);
  const Vector reposted = clusters.Draw(random);
  const auto index = NewIndex({.seal_at = 15000, .walk = {.place_cost = 50}});
  const auto exact = NewIndex({.exact_only = true});
  for (uint32_t ordinal = 0; ordinal < 15000; ++ordinal) {
    const Vector vector = ordinal % 2 == 0 ? reposted : clusters.Draw(random);
    index->Upsert(ordinal, vector);
    exact->Upsert(ordinal, vector);
  }
  BuildAll(*index);
  ASSERT_EQ(index->stats().graphs, 1u);
  EXPECT_GE(Recall(*index, *exact, clusters, std::nullopt, random), 0.95);
}

}  // namespace
}  // namespace staffroom::embeddings
