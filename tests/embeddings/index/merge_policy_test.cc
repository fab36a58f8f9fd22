#include "embeddings/index/merge_policy.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr MergeLimits kLimits = {.max_segments = 3, .max_dead_share = 0.2};

TEST(MergePolicy, LeavesFewSegmentsAlone) {
  for (const auto choose : {ChooseDying, ChooseTooMany}) {
    EXPECT_THAT(choose({}, kLimits), IsEmpty());
    EXPECT_THAT(choose({{.rows = 10}, {.rows = 10}, {.rows = 10}}, kLimits), IsEmpty());
    EXPECT_THAT(choose({{.rows = 10}}, {.max_segments = 1}), IsEmpty());
  }
}

TEST(MergePolicy, RewritesASegmentOnceAFifthOfItIsDead) {
  EXPECT_THAT(ChooseDying({{.rows = 100}, {.rows = 100, .dead = 19}}, kLimits), IsEmpty());
  EXPECT_THAT(ChooseDying({{.rows = 100}, {.rows = 100, .dead = 20}}, kLimits), ElementsAre(1));
}

TEST(MergePolicy, RewritesAllDyingSegmentsTogether) {
  EXPECT_THAT(ChooseDying({{.rows = 100, .dead = 50}, {.rows = 100}, {.rows = 100, .dead = 90}}, kLimits),
              ElementsAre(0, 2));
}

TEST(MergePolicy, MergesWhatIsSmallTogetherAtOnce) {
  constexpr MergeLimits limits = {.max_segments = 3, .small_rows = 40};
  EXPECT_THAT(ChooseTooMany({{.rows = 30}, {.rows = 10}}, limits), ElementsAre(0, 1));
  EXPECT_THAT(ChooseTooMany({{.rows = 30}, {.rows = 11}}, limits), IsEmpty());
  EXPECT_THAT(ChooseTooMany({{.rows = 1000}, {.rows = 20}, {.rows = 10, .dead = 1}}, limits), ElementsAre(1, 2));
  EXPECT_THAT(ChooseTooMany({{.rows = 1000}, {.rows = 40}}, limits), IsEmpty());
}

TEST(MergePolicy, MergesSegmentsOfOneSizeTogether) {
  EXPECT_THAT(ChooseTooMany({{.rows = 10}, {.rows = 10}, {.rows = 10}, {.rows = 10}}, kLimits),
              ElementsAre(0, 1, 2, 3));
}

TEST(MergePolicy, SparesALargeSegmentWhileThereAreSmallOnes) {
  EXPECT_THAT(ChooseTooMany({{.rows = 1000}, {.rows = 10}, {.rows = 12}, {.rows = 15}}, kLimits), ElementsAre(1, 2, 3));
  EXPECT_THAT(ChooseTooMany({{.rows = 10}, {.rows = 1000}, {.rows = 5}, {.rows = 100}}, kLimits), ElementsAre(0, 2));
}

TEST(MergePolicy, MeasuresSegmentsByTheirLiveRows) {
  EXPECT_THAT(ChooseTooMany({{.rows = 100, .dead = 19}, {.rows = 90}, {.rows = 85}, {.rows = 1000}}, kLimits),
              ElementsAre(0, 1, 2));
}

// Every row that enters is rewritten about as often as the index doubles, not once for each new segment.
TEST(MergePolicy, RewritesEachRowAFewTimesOnly) {
  const MergeLimits limits = {.max_segments = 8};
  std::vector<SegmentShape> segments;
  size_t rewritten = 0;
  constexpr size_t kSealed = 1000;
  for (size_t i = 0; i < kSealed; ++i) {
    segments.push_back({.rows = 1});
    const std::vector<size_t> chosen = ChooseTooMany(segments, limits);
    size_t merged = 0;
    for (auto position = chosen.rbegin(); position != chosen.rend(); ++position) {
      merged += segments[*position].rows;
      segments.erase(segments.begin() + static_cast<std::ptrdiff_t>(*position));
    }
    if (merged > 0) segments.push_back({.rows = merged});
    rewritten += merged;
    ASSERT_LE(segments.size(), limits.max_segments);
  }
  EXPECT_LT(rewritten, 10 * kSealed);
}

}  // namespace
}  // namespace staffroom::embeddings
