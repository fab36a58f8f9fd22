#ifndef STAFFROOM_SERVICE_SERVER_HEALTH_SERVICE_H_
#define STAFFROOM_SERVICE_SERVER_HEALTH_SERVICE_H_

#include <string>
#include <vector>

#include "service/dispatch/dispatcher.h"
#include "service/dispatch/readiness.h"

namespace staffroom {

// Adds grpc.health.v1.Health (Check, Watch) for the whole server, "", and for each named service. All follow `readiness`:
// SERVING when it is healthy. A name that is not served is NOT_FOUND in Check and SERVICE_UNKNOWN in Watch, as the protocol has it.
// Ours and not gRPC's own, which registers no descriptor, so that grpcurl cannot call it.
// Served on gRPC's own threads from memory, so that it answers when every queue is full; Watch ends when the server drains.
// `readiness` outlives the server.
void AddHealthService(Dispatcher& dispatcher, Readiness& readiness, const std::vector<std::string>& services);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_HEALTH_SERVICE_H_
