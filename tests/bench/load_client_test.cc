#include "tests/bench/load_client.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/slice.h"
#include "gtest/gtest.h"
#include "tests/bench/plain_echo_server.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::Gt;

class LoadClientTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(server_, PlainEchoServer::Start(2'048));
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  }

  std::unique_ptr<PlainEchoServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
  const grpc::Slice no_bytes_;
  const grpc::ByteBuffer empty_{&no_bytes_, 1};  // the bytes of an empty message
  const std::string echo_ = "/staffroom.bench.EchoService/Echo";
  const std::string nothing_ = "/staffroom.bench.EchoService/Nothing";
};

TEST_F(LoadClientTest, CountsWhatIsAnswered) {
  LoadClient client({channel_});
  std::atomic<int64_t> planned{0};
  const LoadResult result = client.Run(
      [&](uint64_t) {
        ++planned;
        return LoadCall{&echo_, &empty_, true};
      },
      /*in_flight=*/4, absl::Milliseconds(200));
  EXPECT_THAT(result.status, IsOk());
  EXPECT_EQ(result.elapsed, absl::Milliseconds(200));
  EXPECT_THAT(result.answered, Gt(20));
  EXPECT_LE(result.answered, planned);
  EXPECT_GE(result.answered, planned - 4);
}

TEST_F(LoadClientTest, LeavesOutWhatDoesNotCount) {
  LoadClient client({channel_});
  const LoadResult result =
      client.Run([&](uint64_t) { return LoadCall{&echo_, &empty_, false}; }, 4, absl::Milliseconds(50));
  EXPECT_THAT(result.status, IsOk());
  EXPECT_EQ(result.answered, 0);
}

TEST_F(LoadClientTest, EndsWithTheErrorOfTheFirstFailure) {
  LoadClient client({channel_});
  const LoadResult result = client.Run(
      [&](uint64_t n) { return LoadCall{n == 50 ? &nothing_ : &echo_, &empty_, true}; }, 4, absl::Seconds(30));
  EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kUnimplemented));
}

TEST_F(LoadClientTest, GoesOnWithTheNumbersOfTheRunBefore) {
  LoadClient client({channel_});
  std::mutex mutex;
  std::multiset<uint64_t> numbers;
  const LoadPlan plan = [&](uint64_t n) {
    const std::lock_guard<std::mutex> lock(mutex);
    numbers.insert(n);
    return LoadCall{&echo_, &empty_, true};
  };
  client.Run(plan, 2, absl::Milliseconds(20));
  client.Run(plan, 2, absl::Milliseconds(20));
  for (uint64_t n = 0; n < numbers.size(); ++n) ASSERT_EQ(numbers.count(n), 1u) << "of call " << n;
}

}  // namespace
}  // namespace staffroom
