#ifndef STAFFROOM_SERVICE_DISPATCH_RPC_METHOD_H_
#define STAFFROOM_SERVICE_DISPATCH_RPC_METHOD_H_

#include <string>

#include "absl/time/time.h"
#include "service/base/clock.h"
#include "service/dispatch/authenticator.h"
#include "service/dispatch/call_context.h"
#include "service/dispatch/call_id.h"
#include "service/dispatch/call_log.h"
#include "service/dispatch/readiness.h"
#include "service/dispatch/request_pool.h"
#include "service/dispatch/rpc_metrics.h"

namespace staffroom {

// How calls of one RPC are run.
struct MethodOptions {
  Lane lane = Lane::kInteractive;
  Role role = Role::kReader;       // the least role that may call it
  bool while_not_serving = false;  // answered also while recovering and draining (health)
  bool log_failures = true;        // false: failures but INTERNAL are logged at debug only: they are everyday
};

// One RPC as its calls see it. Lives as long as the dispatcher.
struct RpcMethod {
  std::string name;  // `staffroom.v1.CatalogService/UpsertAccount`
  MethodOptions options;
  MethodMetrics metrics;
};

// What the path of a call is made of; all of it outlives the server.
struct DispatchParts {
  const Clock& clock;
  const Authenticator& authenticator;
  const Readiness& readiness;
  Lanes lanes;
  RpcMetrics& metrics;
  CallIds& call_ids;
  CallLog& call_log;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_RPC_METHOD_H_
