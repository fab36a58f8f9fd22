// The sequencer: what is acknowledged, when it is seen, and what happens when the disk fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/base/errors.h"
#include "service/engine/engine_limits.h"
#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "storage/write_batch.h"
#include "tests/engine/answers.h"
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

// Holds the sequencer between two batches until it is let go.
class HeldSequencer {
 public:
  explicit HeldSequencer(Engine& engine) {
    std::promise<void> held;
    engine.RunBetweenBatches([this, &held] {
      held.set_value();
      go_.get_future().wait();
    });
    held.get_future().wait();
  }
  void LetGo() { go_.set_value(); }

 private:
  std::promise<void> go_;
};

TEST(Engine, RefusesWhatTheQueueHasNoRoomForAndTakesOnWhenItHas) {
  HandClock clock;
  storage::MemoryStore store;
  Engine::Options options;
  options.queue_mutations = 3;
  RunningEngine engine(&store, &clock, options);
  HeldSequencer sequencer(engine.engine());
  std::vector<std::string> answers;
  const auto take_all = [&](const std::vector<MutationResult>& results) {
    for (const MutationResult& result : results) answers.push_back(Answer(result));
  };
  engine.engine().SubmitAll({UpsertAccount("a"), UpsertAccount("b")}, take_all);
  engine.engine().SubmitAll({UpsertAccount("c"), UpsertAccount("d")}, take_all);
  EXPECT_THAT(answers, testing::ElementsAre("QUEUE_FULL", "QUEUE_FULL")) << "all or none";
  std::promise<void> last;
  engine.engine().Submit(UpsertAccount("c"), [&](const MutationResult& result) {
    answers.push_back(Answer(result));
    last.set_value();
  });
  EXPECT_EQ(answers.size(), 2u) << "one still fits";
  sequencer.LetGo();
  last.get_future().wait();
  EXPECT_THAT(answers, testing::ElementsAre("QUEUE_FULL", "QUEUE_FULL", "APPLIED", "APPLIED", "APPLIED"));
  EXPECT_EQ(Answer(engine.Do(UpsertAccount("d"))), "APPLIED");
}

TEST(Engine, CountsTheBytesThatWaitAsItCountedThemWhenTheyCame) {
  HandClock clock;
  storage::MemoryStore store;
  const storage::Mutation mutation = UpsertAccount("an account of a name");
  storage::Mutation larger = UpsertAccount("an account of a longer name");
  Engine::Options options;
  options.batch_mutations = 1;
  options.queue_bytes = mutation.ByteSizeLong() + larger.ByteSizeLong() - 1;
  RunningEngine engine(&store, &clock, options);
  HeldSequencer sequencer(engine.engine());
  std::promise<std::string> answer;
  engine.engine().Submit(mutation, [&](const MutationResult&) {
    // The first is out of the queue, the second in it.
    engine.engine().Submit(larger, [&](const MutationResult& result) { answer.set_value(Answer(result)); });
  });
  const storage::Mutation second = mutation;
  ASSERT_LE(2 * mutation.ByteSizeLong(), options.queue_bytes);
  engine.engine().Submit(second, [](const MutationResult&) {});
  sequencer.LetGo();
  EXPECT_EQ(answer.get_future().get(), "QUEUE_FULL");
  engine.engine().Stop();
}

TEST(Engine, RefusesAccountsThatItCannotNumber) {
  HandClock clock;
  storage::MemoryStore store;
  storage::WriteBatch batch;
  storage::PutMeta(&batch, {.epoch = 1, .next_account = kAccountOrdinals - kOrdinalReserve, .next_post = 1});
  storage::AccountRecord ana;
  ana.set_id("ana");
  ana.set_ordinal(1);
  storage::PutAccount(&batch, ana);
  ASSERT_THAT(store.Write(batch), IsOk());
  RunningEngine engine(&store, &clock);
  EXPECT_EQ(Answer(engine.Do(UpsertAccount("ben"))), "STORE_FULL");
  EXPECT_EQ(Answer(engine.Do(Follow("ana", "ben"))), "STORE_FULL") << "a stub is an account too";
  EXPECT_EQ(Answer(engine.Do(UpsertAccount("ana"))), "APPLIED");
  EXPECT_EQ(Answer(engine.Do(UpsertPost("p", "ana"))), "APPLIED");
}

TEST(Engine, TakesANewEpochWhenItIsToldAndKeepsIt) {
  HandClock clock;
  storage::MemoryStore store;
  uint64_t digest = 0;
  {
    RunningEngine engine(&store, &clock);
    engine.DoTogether({Follow("ana", "ben", 5), UpsertAccount("cy")});
    digest = engine.Digest();
  }
  Engine::Options options;
  options.renew_epoch = true;
  options.draw_epoch = [] { return uint64_t{99}; };
  {
    RunningEngine engine(&store, &clock, options);
    EXPECT_EQ(engine.engine().epoch(), 99u);
    EXPECT_EQ(engine.Digest(), digest);
    EXPECT_EQ(engine.Do(UpsertAccount("dan")).revision, 3u);
  }
  RunningEngine engine(&store, &clock);
  EXPECT_EQ(engine.engine().epoch(), 99u) << "the first engine would have drawn 7";
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
