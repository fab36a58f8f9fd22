#include "service/dispatch/request_pool.h"

#include <atomic>
#include <deque>
#include <functional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "prometheus/gauge.h"
#include "tests/dispatch/gate.h"
#include "tests/support/capturing_log.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Task : public PoolTask {
 public:
  explicit Task(std::function<void()> run) : run_(std::move(run)) {}
  void Run() override { run_(); }

 private:
  const std::function<void()> run_;
};

struct RequestPoolTest : ::testing::Test {
  CapturingLog log;
};

TEST_F(RequestPoolTest, RunsTasksInTheOrderTheyCameAlsoAroundTheEndOfTheRing) {
  std::vector<int> ran;
  std::deque<Task> tasks;
  RequestPool pool({"pool", 1, 3}, log, nullptr);
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

TEST_F(RequestPoolTest, RefusesWhatDoesNotFitAndNeverRunsIt) {
  Gate holding, release;
  Task hold([&] {
    holding.Open();
    release.Wait();
  });
  std::atomic<int> ran{0};
  Task waits([&ran] { ++ran; });
  Task refused([&ran] { ran += 100; });
  prometheus::Gauge depth;
  RequestPool pool({"pool", 1, 1}, log, &depth);
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

TEST_F(RequestPoolTest, ContinuationsGoBeforeNewCallsAndAreNeverRefused) {
  Gate holding, release;
  Task hold([&] {
    holding.Open();
    release.Wait();
  });
  std::vector<int> ran;
  Task fresh([&ran] { ran.push_back(1); });
  RequestPool pool({"pool", 1, 1}, log, nullptr);
  ASSERT_TRUE(pool.Offer(&hold));
  holding.Wait();
  ASSERT_TRUE(pool.Offer(&fresh));
  pool.Post([&ran] { ran.push_back(2); });
  pool.Post([&ran] { ran.push_back(3); });
  release.Open();
  pool.Stop();
  EXPECT_THAT(ran, ElementsAre(2, 3, 1));
}

TEST_F(RequestPoolTest, StopRunsWhatIsQueued) {
  std::atomic<int> ran{0};
  std::deque<Task> tasks;
  RequestPool pool({"pool", 2, 100}, log, nullptr);
  for (int task = 0; task < 100; ++task) {
    ASSERT_TRUE(pool.Offer(&tasks.emplace_back([&ran] { ++ran; })));
  }
  pool.Stop();
  EXPECT_EQ(ran, 100);
}

TEST_F(RequestPoolTest, AfterStopCallsAreRefusedAndContinuationsRunInPlace) {
  RequestPool pool({"pool", 1, 1}, log, nullptr);
  pool.Stop();
  Task late([] { FAIL() << "ran after Stop"; });
  EXPECT_FALSE(pool.Offer(&late));
  std::thread::id ran_on;
  pool.Post([&ran_on] { ran_on = std::this_thread::get_id(); });
  EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST_F(RequestPoolTest, WhatThrowsCostsALineInTheLogAndNotTheProcess) {
  Task throws([] { throw std::runtime_error("a task's surprise"); });
  Gate went_on;
  RequestPool pool({"pool", 1, 1}, log, nullptr);
  ASSERT_TRUE(pool.Offer(&throws));
  pool.Post([] { throw std::runtime_error("a continuation's surprise"); });
  pool.Post([&went_on] { went_on.Open(); });
  went_on.Wait();
  pool.Stop();
  pool.Post([] { throw std::runtime_error("a late surprise"); });
  for (const char* surprise : {"a task's surprise", "a continuation's surprise", "a late surprise"}) {
    EXPECT_THAT(log.text(), HasSubstr(surprise));
  }
}

TEST_F(RequestPoolTest, UsesAllItsThreads) {
  Gate both;
  std::atomic<int> waiting{0};
  const auto meet = [&] {
    if (++waiting == 2) both.Open();
    both.Wait();  // hangs unless two run at once
  };
  Task one(meet), other(meet);
  RequestPool pool({"pool", 2, 2}, log, nullptr);
  ASSERT_TRUE(pool.Offer(&one));
  ASSERT_TRUE(pool.Offer(&other));
  pool.Stop();
  EXPECT_EQ(waiting, 2);
}

TEST_F(RequestPoolTest, EveryTaskOfManyOfferersRunsOnce) {
  std::atomic<int> ran{0};
  std::atomic<int> taken{0};
  Task task([&ran] { ++ran; });
  {
    RequestPool pool({"pool", 3, 8}, log, nullptr);
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
