#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "embeddings/index/vector_index.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/embeddings/index/index_testing.h"

namespace staffroom::embeddings {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr VectorIndexOptions kSmall = {
    .dimensions = 4, .seal_at = 10, .merge = {.max_segments = 3, .max_dead_share = 0.5}};

// Ordinals first, first + 1, … at 1, 2, … degrees for each ordinal.
void Fill(VectorIndex& index, uint32_t first, uint32_t count) {
  for (uint32_t ordinal = first; ordinal < first + count; ++ordinal) {
    index.Upsert(ordinal, AtAngle(ordinal));
  }
}

std::vector<uint32_t> All(const VectorIndex& index) { return Ordinals(index.Search(AtAngle(0), {.count = 1000})); }

TEST(VectorIndexBuilds, StartsWhenTheFreshSegmentIsFull) {
  const auto index = NewIndex(kSmall);
  Fill(*index, 0, 9);
  EXPECT_EQ(index->MaybeStartBuild(), nullptr);
  Fill(*index, 9, 1);
  EXPECT_NE(index->MaybeStartBuild(), nullptr);
}

// A server that shuts down must not wait for minutes of building.
TEST(VectorIndexBuilds, EndsWhenItIsToldToAndMayStartAgain) {
  const auto index = NewIndex(kSmall);
  const auto expect_stops_after = [&](int asked_most) {
    std::unique_ptr<SegmentBuild> build = index->MaybeStartBuild();
    ASSERT_NE(build, nullptr);
    int asked = 0;
    const auto finished = std::move(*build).Run([&] { return ++asked > asked_most; });
    EXPECT_EQ(finished.status().code(), absl::StatusCode::kCancelled);
    EXPECT_EQ(asked, asked_most + 1);
  };
  Fill(*index, 0, 10);
  expect_stops_after(3);  // while rows are linked
  EXPECT_THAT(All(*index), SizeIs(10));
  BuildAll(*index);
  EXPECT_EQ(index->stats().graphs, 1u);
  for (uint32_t ordinal = 0; ordinal < 5; ++ordinal) index->Remove(ordinal);
  expect_stops_after(2);  // while the rows of a merge are copied
  EXPECT_THAT(All(*index), SizeIs(5));
  BuildAll(*index);
  EXPECT_EQ(index->stats().dead_rows, 0u);
  EXPECT_THAT(All(*index), SizeIs(5));
}

TEST(VectorIndexBuilds, RunsOneAtATime) {
  const auto index = NewIndex(kSmall);
  Fill(*index, 0, 10);
  std::unique_ptr<SegmentBuild> build = index->MaybeStartBuild();
  Fill(*index, 10, 10);
  EXPECT_EQ(index->MaybeStartBuild(), nullptr) << "while it waits to run";
  std::unique_ptr<FinishedBuild> finished = RunBuild(std::move(build));
  EXPECT_EQ(index->MaybeStartBuild(), nullptr) << "while it waits to be installed";
  EXPECT_TRUE(index->Install(*finished, 1));
  EXPECT_NE(index->MaybeStartBuild(), nullptr);
}

TEST(VectorIndexBuilds, TurnsTheFreshSegmentIntoAGraph) {
  const auto index = NewIndex(kSmall);
  Fill(*index, 0, 10);
  const std::vector<uint32_t> before = All(*index);
  EXPECT_TRUE(BuildOnce(*index));
  EXPECT_EQ(index->stats().fresh_rows, 0u);
  EXPECT_EQ(index->stats().sealed_segments, 1u);
  EXPECT_EQ(index->stats().graphs, 1u);
  EXPECT_EQ(All(*index), before);
  EXPECT_THAT(index->Find(4), ElementsAreArray(AtAngle(4)));
}

TEST(VectorIndexBuilds, KeepsRowsSearchableAndChangeableWhileTheyAreBuilt) {
  const auto index = NewIndex(kSmall);
  Fill(*index, 0, 10);
  std::unique_ptr<SegmentBuild> build = index->MaybeStartBuild();
  EXPECT_THAT(All(*index), SizeIs(10));
  index->Remove(3);
  index->Upsert(4, AtAngle(100));
  index->Upsert(50, AtAngle(50));
  const std::vector<uint32_t> expected = {0, 1, 2, 5, 6, 7, 8, 9, 50, 4};
  EXPECT_EQ(All(*index), expected) << "before the build";
  const std::unique_ptr<FinishedBuild> finished = RunBuild(std::move(build));
  EXPECT_EQ(All(*index), expected) << "before it is installed";
  EXPECT_TRUE(index->Install(*finished, 1));
  EXPECT_EQ(All(*index), expected) << "after";
  EXPECT_THAT(index->Find(3), IsEmpty());
  EXPECT_THAT(index->Find(4), ElementsAreArray(AtAngle(100)));
}

TEST(VectorIndexBuilds, StartsAgainAfterABuildWasDropped) {
  const auto index = NewIndex(kSmall);
  Fill(*index, 0, 10);
  EXPECT_NE(index->MaybeStartBuild(), nullptr);  // dropped at once
  EXPECT_THAT(All(*index), SizeIs(10));
  std::unique_ptr<SegmentBuild> second = index->MaybeStartBuild();
  ASSERT_NE(second, nullptr) << "the sealed rows still lack a graph";
  RunBuild(std::move(second));  // dropped after it ran
  EXPECT_TRUE(BuildOnce(*index));
  EXPECT_EQ(index->stats().graphs, 1u);
  EXPECT_THAT(All(*index), SizeIs(10));
}

TEST(VectorIndexBuilds, MergesSegmentsWhenThereAreTooMany) {
  const auto index = NewIndex(kSmall);
  for (uint32_t segment = 0; segment < 4; ++segment) {
    Fill(*index, segment * 10, 10);
    EXPECT_TRUE(BuildOnce(*index));
  }
  EXPECT_EQ(index->stats().sealed_segments, 4u);
  const std::vector<uint32_t> before = All(*index);
  EXPECT_TRUE(BuildOnce(*index));
  EXPECT_EQ(index->stats().sealed_segments, 1u);
  EXPECT_EQ(index->stats().dead_rows, 0u);
  EXPECT_EQ(All(*index), before);
  for (uint32_t ordinal = 0; ordinal < 40; ++ordinal) {
    EXPECT_THAT(index->Find(ordinal), ElementsAreArray(AtAngle(ordinal)));
  }
  EXPECT_FALSE(BuildOnce(*index));
}

// Under an import that writes each row again and again, graphs would else be built over rows that are dead already.
TEST(VectorIndexBuilds, RewritesDyingSegmentsBeforeItBuildsGraphs) {
  const auto index = NewIndex(kSmall);
  for (int round = 0; round < 3; ++round) {
    for (uint32_t ordinal = 0; ordinal < 10; ++ordinal) index->Upsert(ordinal, AtAngle(ordinal + 20.0 * round));
    if (round < 2) index->MaybeStartBuild();  // seals; the build is dropped
  }
  EXPECT_EQ(index->stats().dead_rows, 10u);
  ASSERT_TRUE(BuildOnce(*index));
  EXPECT_EQ(index->stats().dead_rows, 0u);
  EXPECT_EQ(index->stats().graphs, 0u);
  EXPECT_THAT(index->Search(AtAngle(45), {.count = 100}), testing::SizeIs(10));
}

TEST(VectorIndexBuilds, DropsDeadRowsInAMerge) {
  const auto index = NewIndex(kSmall);
  Fill(*index, 0, 20);
  BuildAll(*index);
  for (uint32_t ordinal = 0; ordinal < 10; ++ordinal) index->Remove(ordinal);
  EXPECT_EQ(index->stats().dead_rows, 10u);
  BuildAll(*index);
  EXPECT_EQ(index->stats().dead_rows, 0u);
  EXPECT_THAT(All(*index), ElementsAre(10, 11, 12, 13, 14, 15, 16, 17, 18, 19));
}

TEST(VectorIndexBuilds, LosesASegmentWhoseRowsAreAllDead) {
  const auto index = NewIndex(kSmall);
  Fill(*index, 0, 10);
  BuildAll(*index);
  for (uint32_t ordinal = 0; ordinal < 10; ++ordinal) index->Remove(ordinal);
  BuildAll(*index);
  EXPECT_EQ(index->stats().sealed_segments, 0u);
  EXPECT_EQ(index->size(), 0u);
}

TEST(VectorIndexBuilds, SealsNothingThatDiedBeforeItWasBuilt) {
  const auto index = NewIndex(kSmall);
  Fill(*index, 0, 10);
  index->MaybeStartBuild();  // dropped: the rows are sealed, without a graph
  for (uint32_t ordinal = 0; ordinal < 10; ++ordinal) index->Remove(ordinal);
  BuildAll(*index);
  EXPECT_EQ(index->stats().sealed_segments, 0u);
}

// The heart of the protocol: between any two slices of an install the index answers as if nothing were going on.
TEST(VectorIndexBuilds, CarriesChangesMadeDuringAMergeAndBetweenSlices) {
  const auto index = NewIndex(kSmall);
  for (uint32_t segment = 0; segment < 4; ++segment) {
    Fill(*index, segment * 10, 10);
    BuildOnce(*index);
  }
  std::unique_ptr<SegmentBuild> build = index->MaybeStartBuild();
  ASSERT_NE(build, nullptr);
  index->Remove(9);
  index->Upsert(15, AtAngle(120));
  const std::unique_ptr<FinishedBuild> finished = RunBuild(std::move(build));
  index->Remove(25);
  uint32_t removed = 30;
  size_t slices = 0;
  while (!index->Install(*finished, 7)) {
    ++slices;
    index->Remove(removed++);                      // not moved yet
    index->Upsert(slices, AtAngle(130 + slices));  // moved already
    EXPECT_EQ(All(*index).size(), index->size());
    EXPECT_THAT(All(*index), Not(Contains(9)));
    EXPECT_THAT(All(*index), Not(Contains(25)));
    EXPECT_THAT(index->Find(15), ElementsAreArray(AtAngle(120)));
    EXPECT_THAT(index->Find(39), ElementsAreArray(AtAngle(39)));
  }
  EXPECT_EQ(slices, 5u);
  EXPECT_EQ(index->size(), 40u - 2 - slices);
  EXPECT_EQ(All(*index).size(), index->size());
  EXPECT_EQ(index->stats().sealed_segments, 1u);
  EXPECT_THAT(index->Find(1), ElementsAreArray(AtAngle(131)));
  EXPECT_THAT(index->Find(34), IsEmpty());
}

TEST(VectorIndexBuilds, StaysWholeWhenAMergeIsDroppedHalfInstalled) {
  const auto index = NewIndex(kSmall);
  for (uint32_t segment = 0; segment < 4; ++segment) {
    Fill(*index, segment * 10, 10);
    BuildOnce(*index);
  }
  {
    const std::unique_ptr<FinishedBuild> finished = RunBuild(index->MaybeStartBuild());
    EXPECT_FALSE(index->Install(*finished, 15));
  }
  EXPECT_THAT(All(*index), SizeIs(40));
  BuildAll(*index);
  EXPECT_THAT(All(*index), SizeIs(40));
  EXPECT_LE(index->stats().sealed_segments, 3u);
}

TEST(VectorIndexBuilds, OutlivesItsIndex) {
  auto index = NewIndex(kSmall);
  Fill(*index, 0, 10);
  std::unique_ptr<SegmentBuild> build = index->MaybeStartBuild();
  index.reset();
  EXPECT_NE(RunBuild(std::move(build)), nullptr);
}

}  // namespace
}  // namespace staffroom::embeddings
