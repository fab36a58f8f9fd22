#include "service/server/grpc_server.h"

#include <chrono>
#include <cstdlib>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "grpc/grpc.h"
#include "grpc/support/log.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "service/base/limits.h"
#include "service/dispatch/dispatcher.h"

namespace staffroom {
namespace {

constexpr int kStreamsPerConnection = 1'000;
// Of gRPC's synchronous services, which is reflection alone: one waits for the next call, the others hold a stream each.
constexpr int kReflectionThreads = 8;
constexpr absl::Duration kConnectionAge = absl::Minutes(30);
constexpr absl::Duration kConnectionAgeGrace = absl::Minutes(10);  // for streams in flight; then they are cut
constexpr absl::Duration kPingInterval = absl::Seconds(10);        // callers may ping an idle connection this often

void SetLimits(grpc::ServerBuilder& builder, int64_t transport_memory_bytes) {
  builder.SetMaxReceiveMessageSize(static_cast<int>(limits::kReceiveBytes));
  builder.SetResourceQuota(grpc::ResourceQuota("staffroom")
                               .Resize(static_cast<size_t>(transport_memory_bytes))
                               .SetMaxThreads(kReflectionThreads));
  const auto milliseconds = [](absl::Duration duration) {
    return static_cast<int>(absl::ToInt64Milliseconds(duration));
  };
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, milliseconds(kConnectionAge));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, milliseconds(kConnectionAgeGrace));
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, milliseconds(kPingInterval));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
}

}  // namespace

absl::StatusOr<RunningServer> StartGrpcServer(const GrpcServerOptions& options, Dispatcher& dispatcher) {
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetLimits(builder, options.transport_memory_bytes);
  // Reflection is the one synchronous service. These bound the threads that wait for its calls; those that its open streams
  // hold are bounded by the quota alone.
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 1);
  // Else a second server on the same port starts without a word and takes half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  dispatcher.RegisterWith(builder);
  RunningServer running;
  builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(), &running.port);
  running.server.reset(builder.BuildAndStart().release());
  if (running.server == nullptr || running.port == 0) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", options.listen,
                                               ": the port is in use, or the address is not of this machine"));
  }
  return running;
}

void StopAtOnce::operator()(grpc::Server* server) const {
  server->Shutdown(std::chrono::system_clock::now());
  server->Wait();
  delete server;
}

void SilenceGrpcLog() {
  if (std::getenv("GRPC_VERBOSITY") == nullptr) gpr_set_log_function([](gpr_log_func_args*) {});
}

}  // namespace staffroom
