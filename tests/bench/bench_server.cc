#include "tests/bench/bench_server.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "embeddings/encoder/encoder.h"
#include "prometheus/registry.h"
#include "service/base/clock.h"
#include "service/dispatch/authenticator.h"
#include "service/dispatch/call_id.h"
#include "service/dispatch/call_log.h"
#include "service/dispatch/dispatcher.h"
#include "service/dispatch/json_log.h"
#include "service/dispatch/readiness.h"
#include "service/dispatch/request_pool.h"
#include "service/dispatch/rpc_metrics.h"
#include "service/server/application.h"
#include "service/server/grpc_server.h"
#include "service/server/service_names.h"
#include "tests/bench/echo.pb.h"
#include "tests/bench/product_encoder.h"

namespace staffroom {
namespace {

constexpr int kSlowThreads = 2;           // staffroomd's default
constexpr size_t kQueueCapacity = 1'000;  // staffroomd's default
constexpr uint64_t kLogEvery = 1'000;     // staffroomd's default

int Cores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

}  // namespace

struct BenchServer::Parts {
  const std::unique_ptr<Clock> clock = NewSystemClock();
  JsonLog log{*clock, LogLevel::kWarning, /*file_descriptor=*/2};
  CallLog call_log{log, kLogEvery};
  prometheus::Registry registry;
  RpcMetrics metrics{registry};
  Readiness readiness;
  const LoopbackAuthenticator authenticator{};
  CallIds call_ids{1};
  RequestPool interactive{{"interactive", Cores(), kQueueCapacity}, log, &metrics.QueueDepth("interactive")};
  RequestPool slow{{"slow", kSlowThreads, kQueueCapacity}, log, &metrics.QueueDepth("slow")};
  const Lanes lanes{interactive, slow};
  bench::EchoResponse echo;
  std::unique_ptr<Application> application;
  Dispatcher dispatcher{{*clock, authenticator, readiness, lanes, metrics, call_ids, call_log}};
  RunningServer running;
};

BenchServer::BenchServer() : parts_(std::make_unique<Parts>()) {}

absl::StatusOr<std::unique_ptr<BenchServer>> BenchServer::Start(const std::string& data_dir, size_t payload_bytes) {
  std::unique_ptr<BenchServer> server(new BenchServer());
  Parts& parts = *server->parts_;
  absl::StatusOr<std::unique_ptr<embeddings::Encoder>> encoder = ProductEncoder();
  if (!encoder.ok()) return encoder.status();
  Application::Encoding encoding;
  encoding.configured = *std::move(encoder);
  absl::StatusOr<std::unique_ptr<Application>> application =
      Application::Open({.data_dir = data_dir, .queue_capacity = kQueueCapacity},
                        {*parts.clock, parts.log, parts.lanes, parts.readiness}, std::move(encoding));
  if (!application.ok()) return application.status();
  parts.application = *std::move(application);

  for (const std::string& service : ServiceNames()) parts.dispatcher.AddService(service);
  parts.application->RegisterHandlers(parts.dispatcher);
  parts.echo.set_payload(std::string(payload_bytes, 'e'));
  parts.dispatcher.AddService("staffroom.bench.EchoService");
  parts.dispatcher.Handle<bench::EchoRequest, bench::EchoResponse>(
      "staffroom.bench.EchoService/Echo", [&parts](const std::shared_ptr<const CallContext>&, const bench::EchoRequest&,
                                                   Reply<bench::EchoResponse> reply) { reply(parts.echo); });

  absl::StatusOr<RunningServer> running = StartGrpcServer({.listen = "127.0.0.1:0"}, parts.dispatcher);
  if (!running.ok()) return running.status();
  parts.running = *std::move(running);
  server->address_ = absl::StrCat("127.0.0.1:", parts.running.port);
  if (absl::Status started = parts.application->Start(); !started.ok()) return started;
  parts.readiness.Advance(Phase::kRecovering, Phase::kServing);
  return server;
}

LongestHolds BenchServer::TakeLongestHolds() { return parts_->application->TakeLongestHolds(); }

// In the order in which staffroomd stops.
BenchServer::~BenchServer() {
  if (parts_->running.server != nullptr) {
    parts_->running.server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
    parts_->running.server->Wait();
  }
  if (parts_->application != nullptr) parts_->application->Stop();
  parts_->interactive.Stop();
  parts_->slow.Stop();
}

}  // namespace staffroom
