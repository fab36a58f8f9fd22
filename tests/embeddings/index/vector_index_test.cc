#include "embeddings/index/vector_index.h"

#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/embeddings/index/index_testing.h"

namespace staffroom::embeddings {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr VectorIndexOptions kExact = {.dimensions = 4, .exact_only = true};

std::vector<uint32_t> Nearest(const VectorIndex& index, const Vector& query, int count) {
  return Ordinals(index.Search(query, {.count = count}));
}

TEST(VectorIndex, AnswersTheNearestFirst) {
  const auto index = NewIndex(kExact);
  index->Upsert(1, AtAngle(80));
  index->Upsert(2, AtAngle(10));
  index->Upsert(3, AtAngle(170));
  EXPECT_THAT(Nearest(*index, AtAngle(0), 3), ElementsAre(2, 1, 3));
  EXPECT_THAT(Nearest(*index, AtAngle(0), 1), ElementsAre(2));
}

TEST(VectorIndex, GivesTheCosineAsSimilarity) {
  const auto index = NewIndex(kExact);
  index->Upsert(1, AtAngle(60));
  index->Upsert(2, AtAngle(180));
  const std::vector<Neighbor> neighbors = index->Search(AtAngle(0), {});
  ASSERT_THAT(neighbors, SizeIs(2));
  EXPECT_NEAR(neighbors[0].similarity, 0.5f, 1e-6);
  EXPECT_NEAR(neighbors[1].similarity, -1.0f, 1e-6);
}

TEST(VectorIndex, OrdersEqualsByOrdinal) {
  const auto index = NewIndex(kExact);
  for (uint32_t ordinal : {7u, 3u, 9u, 5u}) index->Upsert(ordinal, AtAngle(20));
  EXPECT_THAT(Nearest(*index, AtAngle(0), 3), ElementsAre(3, 5, 7));
}

TEST(VectorIndex, LetsTheNewestVersionWin) {
  const auto index = NewIndex(kExact);
  index->Upsert(1, AtAngle(5));
  index->Upsert(2, AtAngle(10));
  index->Upsert(1, AtAngle(90));
  EXPECT_THAT(Nearest(*index, AtAngle(0), 5), ElementsAre(2, 1));
  EXPECT_EQ(index->size(), 2u);
}

TEST(VectorIndex, ForgetsARemovedOrdinalAndTakesItBack) {
  const auto index = NewIndex(kExact);
  for (uint32_t ordinal = 1; ordinal <= 4; ++ordinal) index->Upsert(ordinal, AtAngle(ordinal));
  index->Remove(2);
  index->Remove(2);
  index->Remove(77);
  EXPECT_THAT(Nearest(*index, AtAngle(0), 5), ElementsAre(1, 3, 4));
  EXPECT_EQ(index->size(), 3u);
  index->Upsert(2, AtAngle(50));
  EXPECT_THAT(Nearest(*index, AtAngle(0), 5), ElementsAre(1, 3, 4, 2));
}

TEST(VectorIndex, HasNoAnswerWhenEmptyOrNoneIsWanted) {
  const auto index = NewIndex(kExact);
  EXPECT_THAT(index->Search(AtAngle(0), {}), IsEmpty());
  index->Upsert(1, AtAngle(0));
  EXPECT_THAT(index->Search(AtAngle(0), {.count = 0}), IsEmpty());
  EXPECT_THAT(index->Search(AtAngle(0), {.count = -3}), IsEmpty());
  index->Remove(1);
  EXPECT_THAT(index->Search(AtAngle(0), {}), IsEmpty());
}

TEST(VectorIndex, AnswersAllWhenMoreAreWantedThanThereAre) {
  const auto index = NewIndex(kExact);
  index->Upsert(1, AtAngle(0));
  EXPECT_THAT(index->Search(AtAngle(0), {.count = std::numeric_limits<int>::max()}), SizeIs(1));
}

TEST(VectorIndex, DoesNotIndexVectorsWithoutADirection) {
  const auto index = NewIndex(kExact);
  const float infinity = std::numeric_limits<float>::infinity();
  index->Upsert(1, Vector(4, 0.0f));
  index->Upsert(2, {std::nanf(""), 0, 0, 1});
  index->Upsert(3, {infinity, 0, 0, 0});
  index->Upsert(4, Vector(3, 0.5f));
  EXPECT_EQ(index->size(), 0u);
  EXPECT_THAT(index->Find(1), IsEmpty());
}

TEST(VectorIndex, RemovesTheOldRowWhenTheNewVersionHasNoDirection) {
  const auto index = NewIndex(kExact);
  index->Upsert(1, AtAngle(0));
  index->Upsert(1, Vector(4, 0.0f));
  EXPECT_EQ(index->size(), 0u);
}

TEST(VectorIndex, HasNoNeighborsForAQueryWithoutADirection) {
  const auto index = NewIndex(kExact);
  index->Upsert(1, AtAngle(0));
  EXPECT_THAT(index->Search(Vector(4, 0.0f), {}), IsEmpty());
  EXPECT_THAT(index->Search(Vector(5, 0.1f), {}), IsEmpty());
  EXPECT_THAT(index->Search({std::nanf(""), 0, 0, 0}, {}), IsEmpty());
}

TEST(VectorIndex, FindsTheExactRow) {
  const auto index = NewIndex(kExact);
  index->Upsert(1, AtAngle(12));
  index->Upsert(2, AtAngle(34));
  index->Remove(1);
  EXPECT_THAT(index->Find(2), testing::ElementsAreArray(AtAngle(34)));
  EXPECT_THAT(index->Find(1), IsEmpty());
  EXPECT_THAT(index->Find(999), IsEmpty());
}

// Two worlds: a private account's row may be there or not; nobody else's score may tell.
TEST(VectorIndex, ScoresARowTheSameWhateverElseIsIndexedAndWhereverItLies) {
  std::mt19937 random(1);
  const Vector query = RandomUnit(100, random);
  const Vector row = RandomUnit(100, random);
  const auto alone = NewIndex({.dimensions = 100, .exact_only = true});
  alone->Upsert(500, row);
  const float expected = alone->Search(query, {})[0].similarity;
  const auto index = NewIndex({.dimensions = 100, .exact_only = true});
  for (uint32_t others = 0; others < 40; ++others) {
    index->Upsert(500, row);
    for (const Neighbor& neighbor : index->Search(query, {.count = 100})) {
      if (neighbor.ordinal != 500) continue;
      EXPECT_EQ(neighbor.similarity, expected) << others << " others";
    }
    index->Remove(500);
    index->Upsert(others, RandomUnit(100, random));
  }
}

TEST(VectorIndex, NeverBuildsWhenExactOnly) {
  const auto index = NewIndex({.dimensions = 4, .exact_only = true, .seal_at = 2});
  for (uint32_t ordinal = 0; ordinal < 10; ++ordinal) index->Upsert(ordinal, AtAngle(ordinal));
  EXPECT_EQ(index->MaybeStartBuild(), nullptr);
}

TEST(VectorIndex, CountsTheBytesOfItsRows) {
  const auto index = NewIndex({.dimensions = 256, .exact_only = true});
  std::mt19937 random(1);
  const size_t before = index->bytes();
  for (uint32_t ordinal = 0; ordinal < 1000; ++ordinal) {
    index->Upsert(ordinal, RandomUnit(256, random));
  }
  EXPECT_GE(index->bytes() - before, 1000 * 256 * sizeof(float));
}

TEST(VectorIndex, RefusesOptionsOutOfRangeByName) {
  const auto message = [](const VectorIndexOptions& options) {
    const absl::Status status = VectorIndex::Create(options).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    return std::string(status.message());
  };
  EXPECT_THAT(message({.dimensions = 0}), HasSubstr("dimensions is 0"));
  EXPECT_THAT(message({.dimensions = 5000}), HasSubstr("dimensions is 5000"));
  EXPECT_THAT(message({.seal_at = 1}), HasSubstr("seal_at"));
  EXPECT_THAT(message({.merge = {.max_segments = 0}}), HasSubstr("merge.max_segments"));
  EXPECT_THAT(message({.merge = {.max_dead_share = 0}}), HasSubstr("merge.max_dead_share"));
  EXPECT_THAT(message({.graph = {.degree = 2}}), HasSubstr("graph.degree"));
  EXPECT_THAT(message({.graph = {.build_beam = 0}}), HasSubstr("graph.build_beam"));
  EXPECT_THAT(message({.walk = {.beam = 0}}), HasSubstr("walk.beam"));
}

}  // namespace
}  // namespace staffroom::embeddings
