// Which vectors stand in the indexes, when they are written again, and how their segments are built.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdint>
#include <thread>
#include <vector>

#include "embeddings/index/vector_index.h"
#include "tests/views/told_views.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<float> Row(const embeddings::VectorIndex& index, uint32_t ordinal) {
  const absl::Span<const float> row = index.Find(ordinal);
  return {row.begin(), row.end()};
}

struct Rows {
  std::vector<float> post, resource;
};
Rows Indexed(ToldViews& views) {
  Rows rows;
  views->Read([&](const ReadView& view) { rows = {Row(view.vectors.posts(), 1), Row(view.vectors.resources(), 1)}; });
  return rows;
}

TEST(Indexes, HoldNothingOfAQuietAuthorWhoseOwnProfileIsStillMadeOfIt) {
  ToldViews views;
  views.Apply({Account(1, true), Post(1, 1), Vector(storage::ITEM_POST, 1, 1, 0), Resource(1, 1),
               Vector(storage::ITEM_RESOURCE, 1, 1, 0)});
  EXPECT_THAT(Indexed(views).post, IsEmpty());
  EXPECT_THAT(Indexed(views).resource, IsEmpty());
  EXPECT_THAT(views.Profile(1), ElementsAre(1, 0));
  views->Read([](const ReadView& view) { EXPECT_FALSE(view.vectors.Of(ResourceOrdinal(1)).empty()); });
}

TEST(Indexes, LetGoOfWhatBelongsToWhoeverTurnsQuietAndTakeItBack) {
  ToldViews views;
  views.Apply({Account(1), Post(1, 1), Vector(storage::ITEM_POST, 1, 1, 0), Resource(1, 1),
               Vector(storage::ITEM_RESOURCE, 1, 0, 1)});
  for (const bool quiet : {false, true, false}) {
    views.Apply({Account(1, quiet)});
    EXPECT_EQ(Indexed(views).post, quiet ? std::vector<float>() : std::vector<float>({1, 0}));
    EXPECT_EQ(Indexed(views).resource, quiet ? std::vector<float>() : std::vector<float>({0, 1}));
  }
  views.Apply({Account(1, true)});
  views.Apply({Account(2), Resource(1, 2, 1)});
  EXPECT_THAT(Indexed(views).resource, ElementsAre(0, 1)) << "it has a new author";
  views.Apply({Resource(1, 1, 2)});
  EXPECT_THAT(Indexed(views).resource, IsEmpty()) << "and the old one again";
  views.Apply({ResourceErased{ResourceOrdinal(1), AccountOrdinal(1)}});
  views->Read([](const ReadView& view) { EXPECT_TRUE(view.vectors.Of(ResourceOrdinal(1)).empty()); });
}

// Of account 1: what it asks with, and where others find it.
struct Standing {
  std::vector<float> profile, row;
};
Standing StandingOfOne(ToldViews& views) {
  Standing standing{views.Profile(1), {}};
  views->Read([&](const ReadView& view) { standing.row = Row(view.vectors.accounts(), 1); });
  return standing;
}

TEST(Indexes, FollowAProfileOnlyWhenItHasDriftedOrTheAccountIsWrittenAnew) {
  Views::Options options = ToldViews::Exact();
  options.vectors.index.exact_only = false;
  options.vectors.drift_cosine = 0.9f;
  ToldViews views(options);
  views.Apply({Account(1), Vector(storage::ITEM_ACCOUNT, 1, 1, 0)});
  for (uint32_t resource = 1; resource <= 3; ++resource)
    views.Apply({Resource(resource), Vector(storage::ITEM_RESOURCE, resource, 0, 1)});
  EXPECT_THAT(StandingOfOne(views).row, ElementsAre(1, 0));
  // One act against what is said: cos = 1 / √(1 + .375²) = .936. Two: 1 / √(1 + .6²) = .857.
  views.Apply({Did(1, storage::SAVE, 1, 1'000)});
  EXPECT_NEAR(StandingOfOne(views).profile[0], 0.936, 1e-3);
  EXPECT_THAT(StandingOfOne(views).row, ElementsAre(1, 0));
  views.Apply({Did(1, storage::SAVE, 2, 1'000)});
  EXPECT_NEAR(StandingOfOne(views).profile[0], 0.857, 1e-3);
  EXPECT_EQ(StandingOfOne(views).row, StandingOfOne(views).profile);
  views.Apply({Did(1, storage::SAVE, 3, 1'000)});
  EXPECT_NE(StandingOfOne(views).row, StandingOfOne(views).profile);
  views.Apply({Account(1)});
  EXPECT_EQ(StandingOfOne(views).row, StandingOfOne(views).profile);
}

TEST(Indexes, FollowEveryProfileWhereTheyMustBeExact) {
  ToldViews views;
  views.Apply(
      {Account(1), Vector(storage::ITEM_ACCOUNT, 1, 1, 0), Resource(1), Vector(storage::ITEM_RESOURCE, 1, 0, 1)});
  views.Apply({Did(1, storage::SAVE, 1, 1'000)});
  EXPECT_EQ(StandingOfOne(views).row, StandingOfOne(views).profile);
}

// Small segments, so that there is something to build.
Views::Options Segmented() {
  Views::Options options = ToldViews::Exact();
  options.vectors.index.exact_only = false;
  options.vectors.index.seal_at = 64;
  options.vectors.index.merge.max_segments = 2;
  return options;
}

std::vector<Change> Resources(uint32_t first, uint32_t count) {
  std::vector<Change> batch;
  for (uint32_t i = first; i < first + count; ++i) {
    const float angle = static_cast<float>(i) * 0.01f;
    batch.push_back(Resource(i));
    batch.push_back(Vector(storage::ITEM_RESOURCE, i, std::cos(angle), std::sin(angle)));
  }
  return batch;
}

embeddings::VectorIndexStats ResourceStats(ToldViews& views) {
  embeddings::VectorIndexStats stats;
  views->Read([&](const ReadView& view) { stats = view.vectors.resources().stats(); });
  return stats;
}

TEST(Indexes, AreNotRewrittenByWhatChangesNothing) {
  ToldViews views(Segmented());
  const std::atomic<bool> stop = false;
  views.Apply(Resources(1, 64));
  EXPECT_TRUE(*views->BuildSegment(stop));
  views.Apply(Resources(1, 64));
  EXPECT_EQ(ResourceStats(views).dead_rows, 0u);
  EXPECT_EQ(ResourceStats(views).fresh_rows, 0u);
}

TEST(Indexes, AreBuiltOneSegmentAtATimeAndNoneOnceItIsTimeToStop) {
  ToldViews views(Segmented());
  std::atomic<bool> stop = true;
  views.Apply({Account(1)});
  views.Apply(Resources(1, 64));
  EXPECT_FALSE(*views->BuildSegment(stop));
  EXPECT_EQ(ResourceStats(views).graphs, 0u);
  stop = false;
  EXPECT_TRUE(*views->BuildSegment(stop));
  EXPECT_EQ(ResourceStats(views).graphs, 1u);
  EXPECT_FALSE(*views->BuildSegment(stop)) << "there is nothing left to do";
}

TEST(Indexes, OfPostsAreNotBuiltWhileNothingSearchesThem) {
  ToldViews views(Segmented());
  std::vector<Change> batch = {Account(1)};
  for (uint32_t i = 1; i <= 200; ++i) {
    batch.push_back(Post(i, 1));
    batch.push_back(Vector(storage::ITEM_POST, i, 1, 0));
  }
  views.Apply(batch);
  EXPECT_FALSE(*views->BuildSegment(false));
  views.Apply(Resources(1, 64));
  EXPECT_TRUE(*views->BuildSegment(false));
  EXPECT_FALSE(*views->BuildSegment(false));
  EXPECT_EQ(ResourceStats(views).graphs, 1u);
  views->Read([](const ReadView& view) { EXPECT_EQ(view.vectors.posts().stats().sealed_segments, 0u); });
}

// ThreadSanitizer is the judge of this one as well.
TEST(Views, AreReadAndWrittenWhileSegmentsAreBuiltAndProfilesSettle) {
  ToldViews views(Segmented());
  constexpr uint32_t kBatches = 60, kRows = 20;
  std::atomic<bool> stop = false;
  std::atomic<int> builds = 0;
  std::vector<std::thread> threads;
  threads.emplace_back([&] {
    while (!stop) {
      const absl::StatusOr<bool> built = views->BuildSegment(stop);
      EXPECT_TRUE(built.ok()) << built.status();
      builds += built.ok() && *built ? 1 : 0;
    }
  });
  threads.emplace_back([&] {
    while (!stop) views->SettleSome();
  });
  threads.emplace_back([&] {
    const std::vector<float> query = {1, 0};
    while (!stop) {
      views->Read([&](const ReadView& view) {
        for (const embeddings::Neighbor& neighbor : view.vectors.resources().Search(query, {.count = 5}))
          EXPECT_FALSE(view.vectors.Of(ResourceOrdinal(neighbor.ordinal)).empty());
      });
    }
  });
  for (uint32_t account = 1; account <= 500; ++account)
    views.Apply({Account(account), Did(account, storage::SAVE, 1, 1'000)});
  for (uint32_t batch = 0; batch < kBatches || builds < 3; ++batch) {
    views.Apply(Resources(1 + batch % kBatches * kRows, kRows));
    views.Apply({Vector(storage::ITEM_RESOURCE, 1, batch % 2 == 0 ? 1.0f : 0.0f, batch % 2 == 0 ? 0.0f : 1.0f)});
  }
  views.Apply({Vector(storage::ITEM_RESOURCE, 1, 0, 1)});
  stop = true;
  for (std::thread& thread : threads) thread.join();
  views.Settle();
  for (uint32_t account = 1; account <= 500; ++account) ASSERT_THAT(views.Profile(account), ElementsAre(0, 1));
  views->Read([&](const ReadView& view) {
    EXPECT_EQ(view.vectors.resources().size(), kBatches * kRows);
    for (uint32_t i = 2; i <= kBatches * kRows; ++i) ASSERT_FALSE(view.vectors.Of(ResourceOrdinal(i)).empty()) << i;
  });
}

}  // namespace
}  // namespace staffroom
