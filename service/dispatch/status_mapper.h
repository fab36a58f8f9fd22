#ifndef STAFFROOM_SERVICE_DISPATCH_STATUS_MAPPER_H_
#define STAFFROOM_SERVICE_DISPATCH_STATUS_MAPPER_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "grpcpp/support/status.h"

namespace staffroom {

// A call's error as gRPC sends it: what ToRpcStatus shows of it, in `grpc-status-details-bin` when it has details.
grpc::Status ToGrpcStatus(const absl::Status& status, absl::string_view call_id);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_STATUS_MAPPER_H_
