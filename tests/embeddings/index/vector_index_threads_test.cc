// How an owner drives the index: searches under a reader lock, changes and the two short phases of a build under a writer
// lock, the long one under none. ThreadSanitizer is the judge of this test.
#include <atomic>
#include <memory>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "embeddings/index/vector_index.h"
#include "gtest/gtest.h"
#include "service/base/shared_mutex.h"
#include "tests/embeddings/index/index_testing.h"

namespace staffroom::embeddings {
namespace {

constexpr size_t kDimensionCount = 16;

class Owner {
 public:
  Owner()
      : index_(NewIndex({.dimensions = kDimensionCount,
                         .seal_at = 300,
                         .merge = {.max_segments = 2},
                         .walk = {.beam = 8, .place_cost = 0}})) {}

  void Upsert(uint32_t ordinal, const Vector& vector) {
    const WriterLock lock(&mutex_);
    index_->Upsert(ordinal, vector);
  }

  void Remove(uint32_t ordinal) {
    const WriterLock lock(&mutex_);
    index_->Remove(ordinal);
  }

  std::vector<Neighbor> Search(const Vector& query) const {
    const ReaderLock lock(&mutex_);
    return index_->Search(query, {.count = 5});
  }

  bool BuildOnceInSlices() {
    std::unique_ptr<SegmentBuild> build;
    {
      const WriterLock lock(&mutex_);
      build = index_->MaybeStartBuild();
    }
    if (build == nullptr) return false;
    absl::StatusOr<std::unique_ptr<FinishedBuild>> finished = std::move(*build).Run();
    EXPECT_TRUE(finished.ok()) << finished.status();
    bool done = !finished.ok();
    while (!done) {
      const WriterLock lock(&mutex_);
      done = index_->Install(**finished, 100);
    }
    return true;  // and the replaced segments are destroyed here, without the lock
  }

 private:
  mutable SharedMutex mutex_;  // fair to writers: std::shared_mutex kept them out for minutes on a busy machine
  const std::unique_ptr<VectorIndex> index_;
};

TEST(VectorIndexThreads, SearchWhileAnotherThreadChangesAndAThirdBuilds) {
  Owner owner;
  std::atomic<bool> stop = false;
  std::atomic<int> builds = 0;
  std::thread builder([&] {
    while (!stop) {
      if (owner.BuildOnceInSlices()) {
        ++builds;
      } else {
        std::this_thread::yield();
      }
    }
  });
  std::vector<std::thread> searchers;
  for (uint32_t seed : {1u, 2u}) {
    searchers.emplace_back([&owner, &stop, seed] {
      std::mt19937 random(seed);
      while (!stop) {
        const Vector query = RandomUnit(kDimensionCount, random);
        const std::vector<Neighbor> neighbors = owner.Search(query);
        for (const Neighbor& neighbor : neighbors) EXPECT_LT(neighbor.ordinal, 4000u);
      }
    });
  }
  std::mt19937 random(3);
  for (int round = 0; round < 12000; ++round) {
    const uint32_t ordinal = random() % 4000;
    if (round % 7 == 0) {
      owner.Remove(ordinal);
    } else {
      owner.Upsert(ordinal, RandomUnit(kDimensionCount, random));
    }
  }
  while (builds < 3) std::this_thread::yield();
  stop = true;
  builder.join();
  for (std::thread& searcher : searchers) searcher.join();
  EXPECT_GE(builds, 3);
}

}  // namespace
}  // namespace staffroom::embeddings
