#include "service/dispatch/request_pool.h"

#include <atomic>
#include <deque>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "prometheus/gauge.h"
#include "tests/dispatch/gate.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Task : public PoolTask {
 public:
  explicit Task(std::function<void()> run) : run_(std::move(run)) {}
  void Run() override { run_(); }

 private:
  const std::function<void()> run_;
};

TEST(RequestPool, RunsTasksInTheOrderTheyCameAlsoAroundTheEndOfTheRing) {
  std::vector<int> ran;
  std::deque<Task> tasks;
  RequestPool pool({"pool", 1, 3}, nullptr);
  for (int round = 0; round < 5; ++round) {
    Gate holding, release;
    Task hold([&] {
      holding.Open();
      release.Wait();
    });
    ASSERT_TRUE(pool.Offer(&hold));
    holding.Wait();
    for (int task = 0; task < 2; ++task) {
      ASSERT_TRUE(pool.Offer(&tasks.emplace_back([&ran, round, task] { ran.push_back(10 * round + task); })));
    }
    Gate done;
    Task last([&done] { done.Open(); });
    ASSERT_TRUE(pool.Offer(&last));
    release.Open();
    done.Wait();
  }
  pool.Stop();
  EXPECT_THAT(ran, ElementsAre(0, 1, 10, 11, 20, 21, 30, 31, 40, 41));
}

TEST(RequestPool, RefusesWhatDoesNotFitAndNeverRunsIt) {
  Gate holding, release;
  Task hold([&] {
    holding.Open();
    release.Wait();
  });
  std::atomic<int> ran{0};
  Task waits([&ran] { ++ran; });
  Task refused([&ran] { ran += 100; });
  prometheus::Gauge depth;
  RequestPool pool({"pool", 1, 1}, &depth);
  ASSERT_TRUE(pool.Offer(&hold));
  holding.Wait();
  EXPECT_TRUE(pool.Offer(&waits));
  EXPECT_FALSE(pool.Offer(&refused));
  EXPECT_EQ(depth.Value(), 1);
  release.Open();
  pool.Stop();
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(depth.Value(), 0);
}

TEST(RequestPool, ContinuationsGoBeforeNewCallsAndAreNeverRefused) {
  Gate holding, release;
  Task hold([&] {
    holding.Open();
    release.Wait();
  });
  std::vector<int> ran;
  Task fresh([&ran] { ran.push_back(1); });
  RequestPool pool({"pool", 1, 1}, nullptr);
  ASSERT_TRUE(pool.Offer(&hold));
  holding.Wait();
  ASSERT_TRUE(pool.Offer(&fresh));
  pool.Post([&ran] { ran.push_back(2); });
  pool.Post([&ran] { ran.push_back(3); });
  release.Open();
  pool.Stop();
  EXPECT_THAT(ran, ElementsAre(2, 3, 1));
}

TEST(RequestPool, StopRunsWhatIsQueued) {
  std::atomic<int> ran{0};
  std::deque<Task> tasks;
  RequestPool pool({"pool", 2, 100}, nullptr);
  for (int task = 0; task < 100; ++task) {
    ASSERT_TRUE(pool.Offer(&tasks.emplace_back([&ran] { ++ran; })));
  }
  pool.Stop();
  EXPECT_EQ(ran, 100);
}

TEST(RequestPool, AfterStopCallsAreRefusedAndContinuationsRunInPlace) {
  RequestPool pool({"pool", 1, 1}, nullptr);
  pool.Stop();
  Task late([] { FAIL() << "ran after Stop"; });
  EXPECT_FALSE(pool.Offer(&late));
  std::thread::id ran_on;
  pool.Post([&ran_on] { ran_on = std::this_thread::get_id(); });
  EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST(RequestPool, UsesAllItsThreads) {
  Gate both;
  std::atomic<int> waiting{0};
  const auto meet = [&] {
    if (++waiting == 2) both.Open();
    both.Wait();  // hangs unless two run at once
  };
  Task one(meet), other(meet);
  RequestPool pool({"pool", 2, 2}, nullptr);
  ASSERT_TRUE(pool.Offer(&one));
  ASSERT_TRUE(pool.Offer(&other));
  pool.Stop();
  EXPECT_EQ(waiting, 2);
}

TEST(RequestPool, EveryTaskOfManyOfferersRunsOnce) {
  std::atomic<int> ran{0};
  std::atomic<int> taken{0};
  Task task([&ran] { ++ran; });
  {
    RequestPool pool({"pool", 3, 8}, nullptr);
    std::vector<std::thread> offerers;
    for (int offerer = 0; offerer < 4; ++offerer) {
      offerers.emplace_back([&] {
        for (int offer = 0; offer < 2'000; ++offer) taken += pool.Offer(&task) ? 1 : 0;
      });
    }
    for (std::thread& offerer : offerers) offerer.join();
  }
  EXPECT_EQ(ran, taken);
  EXPECT_GT(taken, 0);
}

}  // namespace
}  // namespace staffroom
