// The sequencer: what is acknowledged, when it is seen, and what happens when the disk fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/base/errors.h"
#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "tests/engine/running_engine.h"
#include "tests/support/fault_store.h"
#include "tests/support/hand_clock.h"
#include "tests/support/mutations.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

TEST(Engine, ShowsAWriteToReadsBeforeItIsAcknowledged) {
  HandClock clock;
  storage::MemoryStore store;
  RunningEngine engine(&store, &clock);
  const MutationResult result = engine.Do(Follow("ana", "ben"));
  engine.Read([&](const ReadView& view) {
    EXPECT_GE(view.revision, result.revision);
    EXPECT_EQ(view.graph.follow_count(), 1);
  });
}

TEST(Engine, CountsARevisionForEveryAppliedMutation) {
  HandClock clock;
  storage::MemoryStore store;
  RunningEngine engine(&store, &clock);
  const std::vector<MutationResult> results =
      engine.DoTogether({UpsertAccount("a"), UpsertAccount("b"), UpsertAccount("c")});
  EXPECT_EQ(results[0].revision, 1u);
  EXPECT_EQ(results[2].revision, 3u);
}

TEST(Engine, ARestartStandsWhereTheLastOneStopped) {
  HandClock clock;
  storage::MemoryStore store;
  uint64_t digest = 0;
  {
    RunningEngine engine(&store, &clock);
    engine.DoTogether({Follow("ana", "ben", 5), UpsertPost("p", "ana", true), Unfollow("ana", "ben", 9)});
    digest = engine.Digest();
  }
  RunningEngine again(&store, &clock);
  EXPECT_EQ(again.Digest(), digest);
  EXPECT_EQ(again.engine().epoch(), 7u);
  EXPECT_EQ(again.Do(UpsertAccount("z")).revision, 4u);
}

TEST(Engine, MutationTimeNeverRunsBackwards) {
  HandClock clock;
  storage::MemoryStore store;
  RunningEngine engine(&store, &clock);
  engine.Do(UpsertAccount("ana"));
  const int64_t first = storage::GetMeta(*store.TakeSnapshot())->value().mutation_time;
  clock.Advance(-absl::Hours(5));
  engine.Do(UpsertAccount("ben"));
  EXPECT_EQ(storage::GetMeta(*store.TakeSnapshot())->value().mutation_time, first);
}

TEST(Engine, AFailedWriteShowsNothingAndEndsWriting) {
  HandClock clock;
  storage::MemoryStore memory;
  FaultStore store(&memory);
  std::atomic<int> turned_read_only{0};
  Engine::Options options;
  options.on_read_only = [&](const absl::Status&) { ++turned_read_only; };
  RunningEngine engine(&store, &clock, options);
  engine.Do(UpsertAccount("ana"));
  const uint64_t digest = engine.Digest();
  store.FailWriteAfter(0, absl::DataLossError("disk full"));
  EXPECT_EQ(ErrorReason(engine.Do(UpsertAccount("ben")).status), "READ_ONLY_STORE");
  EXPECT_EQ(ErrorReason(engine.Do(UpsertAccount("cy")).status), "READ_ONLY_STORE");
  EXPECT_EQ(engine.Digest(), digest);
  EXPECT_EQ(turned_read_only, 1);
  EXPECT_EQ(store.writes_after_fault(), 0);
}

TEST(Engine, AnswersEverySubmissionOfManyThreadsOnce) {
  HandClock clock;
  storage::MemoryStore store;
  RunningEngine engine(&store, &clock);
  constexpr int kThreads = 4;
  constexpr int kEach = 200;
  std::atomic<int> answered{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        engine.engine().Submit(UpsertAccount(absl::StrCat("a", t, "-", i)),
                               [&](const MutationResult& result) { answered += result.status.ok() ? 1 : 0; });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  engine.engine().Stop();
  EXPECT_EQ(answered, kThreads * kEach);
  EXPECT_EQ(storage::GetMeta(*store.TakeSnapshot())->value().revision, uint64_t{kThreads} * kEach);
}

TEST(Engine, RefusesAfterStop) {
  HandClock clock;
  storage::MemoryStore store;
  RunningEngine engine(&store, &clock);
  engine.engine().Stop();
  EXPECT_THAT(engine.Do(UpsertAccount("ana")).status, StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace staffroom
