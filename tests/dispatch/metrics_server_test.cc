#include "service/server/metrics_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "prometheus/counter.h"
#include "prometheus/registry.h"
#include "service/dispatch/readiness.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// The whole answer to GET `path`.
std::string Get(int port, const std::string& path) {
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    const std::string request = absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    if (write(connection, request.data(), request.size()) < 0) answer = "cannot write";
    char buffer[4096];
    for (ssize_t count = 0; (count = read(connection, buffer, sizeof buffer)) > 0;) {
      answer.append(buffer, static_cast<size_t>(count));
    }
  }
  close(connection);
  return answer;
}

class MetricsServerTest : public ::testing::Test {
 protected:
  MetricsServerTest() {
    absl::StatusOr<std::unique_ptr<MetricsServer>> started = MetricsServer::Start("127.0.0.1:0", registry, readiness);
    EXPECT_THAT(started, IsOk());
    if (started.ok()) server = *std::move(started);
  }

  prometheus::Registry registry;
  Readiness readiness;
  std::unique_ptr<MetricsServer> server;
};

TEST_F(MetricsServerTest, MetricsAreWhatTheRegistryHolds) {
  prometheus::BuildCounter().Name("teachers_found").Register(registry).Add({}).Increment(42);
  EXPECT_THAT(Get(server->port(), "/metrics"), AllOf(StartsWith("HTTP/1.1 200 OK"), HasSubstr("teachers_found 42")));
}

TEST_F(MetricsServerTest, ReadyzFollowsTheReadiness) {
  EXPECT_THAT(Get(server->port(), "/readyz"), AllOf(StartsWith("HTTP/1.1 503"), EndsWith("recovering\n")));
  readiness.Set(Phase::kServing);
  EXPECT_THAT(Get(server->port(), "/readyz"), AllOf(StartsWith("HTTP/1.1 200"), EndsWith("serving\n")));
  readiness.Set(Phase::kDraining);
  EXPECT_THAT(Get(server->port(), "/readyz"), AllOf(StartsWith("HTTP/1.1 503"), EndsWith("draining\n")));
}

TEST_F(MetricsServerTest, HealthzIsWellWhileTheProcessLives) {
  EXPECT_THAT(Get(server->port(), "/healthz"), StartsWith("HTTP/1.1 200"));
}

TEST_F(MetricsServerTest, ThereIsNothingElse) {
  EXPECT_THAT(Get(server->port(), "/"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(Get(server->port(), "/metrics/more"), StartsWith("HTTP/1.1 404"));
}

TEST_F(MetricsServerTest, AUsedPortIsAnError) {
  EXPECT_THAT(MetricsServer::Start(absl::StrCat("127.0.0.1:", server->port()), registry, readiness),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("cannot listen on 127.0.0.1:")));
}

}  // namespace
}  // namespace staffroom
