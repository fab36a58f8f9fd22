#ifndef STAFFROOM_TESTS_DISPATCH_TEST_SERVER_H_
#define STAFFROOM_TESTS_DISPATCH_TEST_SERVER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/server.h"
#include "prometheus/registry.h"
#include "service/dispatch/authenticator.h"
#include "service/dispatch/dispatcher.h"
#include "tests/dispatch/raw_client.h"
#include "tests/dispatch/testing.pb.h"
#include "tests/support/capturing_log.h"
#include "tests/support/hand_clock.h"

namespace staffroom {

inline constexpr char kEcho[] = "staffroom.testing.TestingService/Echo";

struct TestServerOptions {
  int threads = 1;
  size_t queue_capacity = 100;
  uint64_t log_sample_every = 1;
  Phase phase = Phase::kServing;
  const Authenticator* authenticator = nullptr;  // null: open on loopback
  std::function<void(Dispatcher&)> plug;         // adds handlers; TestingService is there
};

// A server with the whole path of dispatch on a loopback port, and a client to it.
class TestServer {
 public:
  explicit TestServer(TestServerOptions options);
  ~TestServer();

  // Calls TestingService/Echo, or the RPC named.
  Answer Call(absl::string_view bytes, absl::string_view method = kEcho, const CallOptions& options = {}) {
    return client.Call(method, bytes, options);
  }
  // The value of `name{labels}` in the metrics' text, or -1 when there is no such line.
  double Metric(absl::string_view line_start) const;

  HandClock clock{absl::Now()};
  CapturingLog log;
  prometheus::Registry registry;
  Readiness readiness;

 private:
  CallLog call_log_;
  RpcMetrics metrics_{registry};
  LoopbackAuthenticator loopback_;
  CallIds call_ids_{1};

 public:
  RequestPool interactive;
  RequestPool slow;
  Dispatcher dispatcher;

 private:
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;

 public:
  RawClient client;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_DISPATCH_TEST_SERVER_H_
