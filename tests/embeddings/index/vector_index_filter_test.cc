#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "embeddings/index/vector_index.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/embeddings/index/index_testing.h"

namespace staffroom::embeddings {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// 20,000 clustered rows, all in one sealed segment with a graph. Built once: the tests only read it.
class VectorIndexFilter : public testing::Test {
 protected:
  static constexpr uint32_t kRows = 20000;
  static constexpr size_t kDimensionCount = 32;

  static void SetUpTestSuite() {
    std::mt19937 random(1);
    const Clusters clusters(100, kDimensionCount, random);
    index_ = NewIndex({.dimensions = kDimensionCount, .seal_at = kRows, .walk = {.place_cost = 50}}).release();
    for (uint32_t ordinal = 0; ordinal < kRows; ++ordinal) {
      index_->Upsert(ordinal, clusters.Draw(random));
    }
    BuildAll(*index_);
    query_ = new Vector(clusters.Draw(random));
  }

  static void TearDownTestSuite() {
    delete index_;
    delete query_;
  }

  // What a filter passed, nearest first, by brute force.
  static std::vector<uint32_t> Expected(OrdinalFilter filter, size_t count) {
    std::vector<Neighbor> passing;
    const DotFunction dot = BestDot();
    for (uint32_t ordinal = 0; ordinal < kRows; ++ordinal) {
      if (!filter(ordinal)) continue;
      passing.push_back({ordinal, dot(query_->data(), index_->Find(ordinal).data(), kDimensionCount)});
    }
    std::sort(passing.begin(), passing.end(), IsBetter);
    passing.resize(std::min(passing.size(), count));
    return Ordinals(passing);
  }

  static VectorIndex* index_;
  static Vector* query_;
};

VectorIndex* VectorIndexFilter::index_ = nullptr;
Vector* VectorIndexFilter::query_ = nullptr;

TEST_F(VectorIndexFilter, HasOneSegmentWithAGraph) {
  EXPECT_EQ(index_->stats().graphs, 1u);
  EXPECT_EQ(index_->stats().fresh_rows, 0u);
}

TEST_F(VectorIndexFilter, IsExactWhenFewRowsPass) {
  for (uint32_t modulus : {100u, 1000u, 7000u}) {
    const auto filter = [modulus](uint32_t ordinal) { return ordinal % modulus == 3; };
    EXPECT_EQ(Ordinals(index_->Search(*query_, {.count = 10, .filter = filter})), Expected(filter, 10))
        << "one of " << modulus;
  }
}

TEST_F(VectorIndexFilter, LetsOnlyPassingRowsThroughAndFillsTheAnswer) {
  for (uint32_t percent : {100u, 50u, 10u, 1u}) {
    const auto passes = [percent](uint32_t ordinal) { return ordinal % 100 < percent; };
    const std::vector<uint32_t> found = Ordinals(index_->Search(*query_, {.count = 10, .filter = passes}));
    EXPECT_THAT(found, SizeIs(10)) << percent << "%";
    EXPECT_THAT(found, Each(testing::Truly(passes))) << percent << "%";
  }
}

TEST_F(VectorIndexFilter, IsAskedAboutFewRows) {
  size_t asked = 0;
  const auto count_and_pass = [&asked](uint32_t) {
    ++asked;
    return true;
  };
  EXPECT_THAT(index_->Search(*query_, {.count = 10, .filter = count_and_pass}), SizeIs(10));
  EXPECT_LT(asked, kRows / 20);
}

// Half of the rows pass, so a walk looks cheap, but all of the near ones fail.
TEST_F(VectorIndexFilter, FillsTheAnswerWhenThePassingRowsAreAllFarAway) {
  const std::vector<uint32_t> near = Expected([](uint32_t) { return true; }, kRows / 2);
  std::vector<bool> is_near(kRows, false);
  for (uint32_t ordinal : near) is_near[ordinal] = true;
  const auto is_far = [&is_near](uint32_t ordinal) { return !is_near[ordinal]; };
  EXPECT_EQ(Ordinals(index_->Search(*query_, {.count = 10, .filter = is_far})), Expected(is_far, 10));
}

// The share that passes is estimated from slots at equal distances: here all of them pass and few others do. Rows that were
// found before, elsewhere, must not hide that.
TEST(VectorIndexMisleadingFilter, FillsTheAnswerWhereTheSampleMisleads) {
  constexpr uint32_t kSealed = 25600;  // 100 times as many as are sampled
  std::mt19937 random(2);
  const Clusters clusters(100, 32, random);
  const auto index = NewIndex({.dimensions = 32, .seal_at = kSealed});
  for (uint32_t ordinal = 0; ordinal < kSealed; ++ordinal) index->Upsert(ordinal, clusters.Draw(random));
  BuildAll(*index);
  ASSERT_EQ(index->stats().graphs, 1u);
  const Vector query = clusters.Draw(random);
  for (uint32_t ordinal = kSealed; ordinal < kSealed + 40; ++ordinal) index->Upsert(ordinal, query);
  const auto filter = [](uint32_t ordinal) { return ordinal >= kSealed || ordinal % 100 == 0; };
  EXPECT_THAT(index->Search(query, {.count = 200, .filter = filter}), SizeIs(200));
}

TEST_F(VectorIndexFilter, MayPassNothing) {
  EXPECT_THAT(index_->Search(*query_, {.filter = [](uint32_t) { return false; }}), IsEmpty());
}

TEST_F(VectorIndexFilter, GivesAllThatPassWhenMoreAreWanted) {
  const auto filter = [](uint32_t ordinal) { return ordinal < 3; };
  EXPECT_THAT(index_->Search(*query_, {.count = 1000, .filter = filter}), SizeIs(3));
  EXPECT_THAT(index_->Search(*query_, {.count = static_cast<int>(kRows) + 5}), SizeIs(kRows));
}

TEST(VectorIndexFreshFilter, AppliesToFreshRowsToo) {
  const auto index = NewIndex({.dimensions = 4});
  for (uint32_t ordinal = 0; ordinal < 6; ++ordinal) index->Upsert(ordinal, AtAngle(ordinal));
  const auto odd = [](uint32_t ordinal) { return ordinal % 2 == 1; };
  EXPECT_THAT(Ordinals(index->Search(AtAngle(0), {.filter = odd})), ElementsAre(1, 3, 5));
}

}  // namespace
}  // namespace staffroom::embeddings
