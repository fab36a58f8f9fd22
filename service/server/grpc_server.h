#ifndef STAFFROOM_SERVICE_SERVER_GRPC_SERVER_H_
#define STAFFROOM_SERVICE_SERVER_GRPC_SERVER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/server.h"
#include "service/dispatch/dispatcher.h"

namespace staffroom {

struct GrpcServerOptions {
  std::string listen;                          // HOST:PORT; port 0: any that is free
  int64_t transport_memory_bytes = 256 << 20;  // for messages on their way
};

// Ends a server whose owner has gone without stopping it: calls in flight are cut. gRPC's own destructor would wait for them,
// for ever where a stream stays open.
struct StopAtOnce {
  void operator()(grpc::Server* server) const;
};

struct RunningServer {
  std::unique_ptr<grpc::Server, StopAtOnce> server;
  int port = 0;
};

// Starts to listen, with reflection and the limits that keep one caller from taking everything: 4 MiB a request, 1,000
// streams a connection, a quota of memory, and connections that are asked to reconnect after half an hour.
// Reflection is gRPC's own service and no part of dispatch: it asks no Authenticator, so whoever can connect can read the
// contract (which is public) and nothing else. Each of its streams holds a thread: beyond a handful they are answered
// RESOURCE_EXHAUSTED.
// `dispatcher` outlives the server. UNAVAILABLE when the address cannot be listened on, also when another process does.
absl::StatusOr<RunningServer> StartGrpcServer(const GrpcServerOptions& options, Dispatcher& dispatcher);

// Keeps gRPC's own lines off stderr, where every line is ours and one JSON object, unless GRPC_VERBOSITY asks for them.
void SilenceGrpcLog();

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_GRPC_SERVER_H_
