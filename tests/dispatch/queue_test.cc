#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/dispatch/gate.h"
#include "tests/dispatch/test_server.h"
#include "tests/dispatch/testing.pb.h"

// What happens to calls that must wait for a thread. The one thread of the pool is held by a first call until the test lets go.
namespace staffroom {
namespace {

using testing::Parcel;

class QueueTest : public ::testing::Test {
 protected:
  // Echo holds its thread when the text is `hold`.
  void Serve(size_t queue_capacity) {
    TestServerOptions options;
    options.queue_capacity = queue_capacity;
    options.plug = [this](Dispatcher& dispatcher) {
      const auto echo = [this](const std::shared_ptr<const CallContext>&, const Parcel& request, Reply<Parcel> reply) {
        ++handled;
        if (request.text() == "hold") {
          holding.Open();
          release.Wait();
        }
        reply(request);
      };
      dispatcher.Handle<Parcel, Parcel>(kEcho, echo);
      dispatcher.Handle<Parcel, Parcel>("staffroom.testing.TestingService/EchoSlowly", echo, {.lane = Lane::kSlow});
    };
    server.emplace(options);
  }
  std::unique_ptr<PendingCall> Start(absl::string_view text, absl::Duration timeout = absl::Seconds(30)) {
    Parcel parcel;
    parcel.set_text(std::string(text));
    return server->client.Start(kEcho, parcel.SerializeAsString(), {.timeout = timeout});
  }
  std::unique_ptr<PendingCall> HoldTheThread() {
    auto call = Start("hold");
    holding.Wait();
    return call;
  }
  void AwaitQueueDepth(int depth) {
    while (server->Metric("staffroom_pool_queue_depth{lane=\"interactive\"}") != depth)
      absl::SleepFor(absl::Milliseconds(1));
  }

  Gate holding, release;
  std::atomic<int> handled{0};
  absl::optional<TestServer> server;
};

TEST_F(QueueTest, AFullQueueIsResourceExhaustedAndSaysWhenToComeBack) {
  Serve(/*queue_capacity=*/2);
  const auto held = HoldTheThread();
  const auto first = Start("waits");
  const auto second = Start("waits");
  AwaitQueueDepth(2);
  const Answer refused = Start("too many")->Wait();
  EXPECT_EQ(refused.code, absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(refused.Reason(), "QUEUE_FULL");
  EXPECT_GT(refused.RetryDelay(), absl::ZeroDuration());
  release.Open();
  EXPECT_EQ(held->Wait().code, absl::StatusCode::kOk);
  EXPECT_EQ(first->Wait().code, absl::StatusCode::kOk);
  EXPECT_EQ(second->Wait().code, absl::StatusCode::kOk);
  EXPECT_EQ(handled, 3) << "the refused call must not reach the handler";
}

TEST_F(QueueTest, ADeadlineThatPassesInTheQueueNeverReachesTheHandler) {
  Serve(/*queue_capacity=*/10);
  const auto held = HoldTheThread();
  const auto late = Start("late", absl::Minutes(5));
  AwaitQueueDepth(1);
  server->clock.Advance(absl::Minutes(6));
  release.Open();
  EXPECT_EQ(late->Wait().code, absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(held->Wait().code, absl::StatusCode::kOk) << "a handler that has begun is left to end";
  EXPECT_EQ(handled, 1);
}

TEST_F(QueueTest, ACallCancelledInTheQueueNeverReachesTheHandler) {
  Serve(/*queue_capacity=*/10);
  const auto held = HoldTheThread();
  const auto gone = Start("gone");
  AwaitQueueDepth(1);
  gone->Cancel();
  EXPECT_EQ(gone->Wait().code, absl::StatusCode::kCancelled);
  absl::SleepFor(absl::Milliseconds(100));  // for the news to reach the server
  release.Open();
  EXPECT_EQ(held->Wait().code, absl::StatusCode::kOk);
  server->interactive.Stop();
  EXPECT_EQ(handled, 1);
}

TEST_F(QueueTest, SlowCallsHaveThreadsOfTheirOwn) {
  Serve(/*queue_capacity=*/10);
  const auto held = HoldTheThread();
  EXPECT_EQ(server->Call("", "staffroom.testing.TestingService/EchoSlowly").code, absl::StatusCode::kOk);
  release.Open();
  EXPECT_EQ(held->Wait().code, absl::StatusCode::kOk);
}

TEST_F(QueueTest, ADeadlineThatHasPassedIsRefusedBeforeTheQueue) {
  Serve(/*queue_capacity=*/10);
  server->clock.Advance(absl::Minutes(6));
  EXPECT_EQ(Start("late", absl::Minutes(5))->Wait().code, absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(handled, 0);
}

}  // namespace
}  // namespace staffroom
