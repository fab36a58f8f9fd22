// staffroomd: the server. A table of contents: it builds each part from its parts, starts, waits, and stops in reverse.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/stubs/logging.h"
#include "prometheus/registry.h"
#include "service/base/clock.h"
#include "service/base/lock_graph.h"
#include "service/dispatch/authenticator.h"
#include "service/dispatch/call_id.h"
#include "service/dispatch/call_log.h"
#include "service/dispatch/dispatcher.h"
#include "service/dispatch/json_log.h"
#include "service/dispatch/readiness.h"
#include "service/dispatch/request_pool.h"
#include "service/dispatch/rpc_metrics.h"
#include "service/server/application.h"
#include "service/server/encoding.h"
#include "service/server/flags.h"
#include "service/server/grpc_server.h"
#include "service/server/health_service.h"
#include "service/server/metrics_server.h"
#include "service/server/service_names.h"
#include "service/server/shutdown.h"

namespace staffroom {
namespace {

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "staffroomd: %s\n", std::string(status.message()).c_str());
  return 1;
}

uint64_t RandomSeed() {
  std::random_device device;
  return (uint64_t{device()} << 32) | device();
}

int Run(const ServerOptions& options) {
  const std::unique_ptr<Clock> clock = NewSystemClock();
  JsonLog log(*clock, options.log_level, /*file_descriptor=*/2);
  // While the store is opened and read nothing is on its way that would have to be finished: no call has been answered, and
  // the store is at every moment ready for the process to end.
  ShutdownSignal shutdown_signal([&log](absl::string_view signal) {
    log.Write(LogLevel::kInfo, "stopped", JsonFields().Text("signal", signal).Text("while", "recovering"));
    std::_Exit(0);
  });
  SilenceGrpcLog();
  google::protobuf::SetLogHandler(nullptr);  // it would write the names of bad fields beside our own log

  // Parts.
  CallLog call_log(log, options.log_sample_every);
  prometheus::Registry registry;
  RpcMetrics metrics(registry);
  Readiness readiness;
  const LoopbackAuthenticator authenticator;
  CallIds call_ids(RandomSeed());
  RequestPool interactive({"interactive", options.request_threads, options.queue_capacity}, log,
                          &metrics.QueueDepth("interactive"));
  RequestPool slow({"slow", options.slow_threads, options.queue_capacity}, log, &metrics.QueueDepth("slow"));
  const Lanes lanes{interactive, slow};

  absl::StatusOr<Application::Encoding> encoding = ChooseEncoding(options);
  if (!encoding.ok()) return Fail(encoding.status());
  // The data folder is taken before anything listens: who starts on the wrong one is told at once.
  absl::StatusOr<std::unique_ptr<Application>> application =
      Application::Open({options.data_dir, static_cast<storage::Exposure>(options.default_exposure),
                         options.relaxed_sync, static_cast<int>(options.queue_capacity)},
                        {*clock, log, lanes, readiness}, *std::move(encoding));
  if (!application.ok()) return Fail(application.status());

  // Start: listening at once, not serving until the views are loaded.
  Dispatcher dispatcher({*clock, authenticator, readiness, lanes, metrics, call_ids, call_log});
  for (const std::string& service : ServiceNames()) dispatcher.AddService(service);
  AddHealthService(dispatcher, readiness, ServiceNames());
  (*application)->RegisterHandlers(dispatcher);
  std::unique_ptr<MetricsServer> metrics_server;
  if (!options.metrics_listen.empty()) {
    absl::StatusOr<std::unique_ptr<MetricsServer>> started =
        MetricsServer::Start(options.metrics_listen, registry, readiness);
    if (!started.ok()) return Fail(started.status());
    metrics_server = *std::move(started);
  }
  absl::StatusOr<RunningServer> running = StartGrpcServer({options.listen, options.transport_memory_bytes}, dispatcher);
  if (!running.ok()) return Fail(running.status());
  if (absl::Status started = (*application)->Start(); !started.ok()) return Fail(started);
  readiness.Advance(Phase::kRecovering, Phase::kServing);
  log.Write(LogLevel::kInfo, "serving", JsonFields().Text("listen", options.listen).Number("port", running->port));

  // Wait.
  const absl::string_view signal = shutdown_signal.Wait();
  log.Write(LogLevel::kInfo, "draining", JsonFields().Text("signal", signal));

  // Stop, in reverse.
  readiness.Set(Phase::kDraining);
  running->server->Shutdown(absl::ToChronoTime(absl::Now() + options.drain));
  running->server->Wait();
  (*application)->Stop();
  interactive.Stop();
  slow.Stop();
  log.Write(LogLevel::kInfo, "stopped", JsonFields());
  return 0;
}

}  // namespace
}  // namespace staffroom

int main(int argc, char** argv) {
  staffroom::KeepNoLockGraph();
  const absl::StatusOr<staffroom::ServerOptions> options = staffroom::ParseFlags(argc, argv);
  if (!options.ok()) return staffroom::Fail(options.status());
  return staffroom::Run(*options);
}
