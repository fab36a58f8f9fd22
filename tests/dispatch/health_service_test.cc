#include "service/server/health_service.h"

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "grpc/health/v1/health.pb.h"
#include "gtest/gtest.h"
#include "tests/dispatch/gate.h"
#include "tests/dispatch/stream_client.h"
#include "tests/dispatch/test_server.h"

namespace staffroom {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

constexpr char kCheck[] = "grpc.health.v1.Health/Check";
constexpr char kWatch[] = "grpc.health.v1.Health/Watch";

std::string AskFor(absl::string_view service) {
  HealthCheckRequest request;
  request.set_service(std::string(service));
  return request.SerializeAsString();
}

std::string StatusIn(const absl::optional<std::string>& bytes) {
  HealthCheckResponse response;
  if (!bytes.has_value() || !response.ParseFromString(*bytes)) return "(nothing)";
  return HealthCheckResponse::ServingStatus_Name(response.status());
}

class HealthServiceTest : public ::testing::Test {
 protected:
  HealthServiceTest()
      : server([this] {
          TestServerOptions options;
          options.phase = Phase::kRecovering;
          options.queue_capacity = 1;
          options.plug = [this](Dispatcher& dispatcher) {
            AddHealthService(dispatcher, *readiness_, {"staffroom.testing.TestingService"});
            dispatcher.Handle<testing::Parcel, testing::Parcel>(
                kEcho, [this](const auto&, const testing::Parcel& request, Reply<testing::Parcel> reply) {
                  holding.Open();
                  release.Wait();
                  reply(request);
                });
          };
          readiness_ = &server.readiness;
          return options;
        }()) {}
  ~HealthServiceTest() override { release.Open(); }

  std::string Check(absl::string_view service = "") { return StatusIn(server.Call(AskFor(service), kCheck).bytes); }
  std::unique_ptr<StreamClient> Watch(absl::string_view service = "") {
    auto client = StreamClient::Open(server.client.channel(), kWatch);
    client->Write(AskFor(service));
    client->WritesDone();
    return client;
  }

  Gate holding, release;

 private:
  Readiness* readiness_ = nullptr;

 public:
  TestServer server;
};

TEST_F(HealthServiceTest, IsNotServingUntilRecoveryIsDone) {
  EXPECT_EQ(Check(), "NOT_SERVING");
  server.readiness.Set(Phase::kServing);
  EXPECT_EQ(Check(), "SERVING");
}

TEST_F(HealthServiceTest, KnowsEachServiceByName) {
  server.readiness.Set(Phase::kServing);
  EXPECT_EQ(Check("staffroom.testing.TestingService"), "SERVING");
  EXPECT_EQ(server.Call(AskFor("staffroom.v9.Missing"), kCheck).code, absl::StatusCode::kNotFound);
}

TEST_F(HealthServiceTest, IsNotServingWhileTheStoreIsReadOnlyOrTheServerDrains) {
  server.readiness.Set(Phase::kReadOnly);
  EXPECT_EQ(Check(), "NOT_SERVING");
  server.readiness.Set(Phase::kDraining);
  EXPECT_EQ(Check(), "NOT_SERVING");
}

TEST_F(HealthServiceTest, AnswersWhenEveryQueueIsFull) {
  server.readiness.Set(Phase::kServing);
  const auto running = server.client.Start(kEcho, "");
  holding.Wait();
  const auto waiting = server.client.Start(kEcho, "");
  while (server.Metric("staffroom_pool_queue_depth{lane=\"interactive\"}") != 1) {
  }
  EXPECT_EQ(Check(), "SERVING");
  release.Open();
  running->Wait();
  waiting->Wait();
}

TEST_F(HealthServiceTest, AWatcherHearsEveryChangeAndIsLetGoWhenTheServerDrains) {
  const auto watcher = Watch();
  EXPECT_EQ(StatusIn(watcher->Read()), "NOT_SERVING");
  server.readiness.Set(Phase::kServing);
  EXPECT_EQ(StatusIn(watcher->Read()), "SERVING");
  server.readiness.Set(Phase::kReadOnly);
  EXPECT_EQ(StatusIn(watcher->Read()), "NOT_SERVING");
  server.readiness.Set(Phase::kServing);
  EXPECT_EQ(StatusIn(watcher->Read()), "SERVING");
  server.readiness.Set(Phase::kDraining);
  EXPECT_EQ(StatusIn(watcher->Read()), "NOT_SERVING");
  EXPECT_FALSE(watcher->Read().has_value());
  EXPECT_EQ(watcher->Finish().code, absl::StatusCode::kUnavailable);
}

TEST_F(HealthServiceTest, AWatcherOfAnUnknownServiceHearsSoAndStays) {
  const auto watcher = Watch("staffroom.v9.Missing");
  EXPECT_EQ(StatusIn(watcher->Read()), "SERVICE_UNKNOWN");
  server.readiness.Set(Phase::kServing);  // changes nothing for it
  server.readiness.Set(Phase::kDraining);
  EXPECT_EQ(StatusIn(watcher->Read()), "SERVICE_UNKNOWN");
  EXPECT_EQ(watcher->Finish().code, absl::StatusCode::kUnavailable);
}

TEST_F(HealthServiceTest, AWatcherThatLeavesIsForgotten) {
  {
    const auto watcher = Watch();
    EXPECT_EQ(StatusIn(watcher->Read()), "NOT_SERVING");
  }
  while (server.Metric("staffroom_rpc_in_flight") != 0) {
  }
  server.readiness.Set(Phase::kServing);
  EXPECT_EQ(Check(), "SERVING");
}

}  // namespace
}  // namespace staffroom
