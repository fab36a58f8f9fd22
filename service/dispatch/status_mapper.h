#ifndef STAFFROOM_SERVICE_DISPATCH_STATUS_MAPPER_H_
#define STAFFROOM_SERVICE_DISPATCH_STATUS_MAPPER_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "grpcpp/support/status.h"

namespace staffroom {

// What leaves the service of an error: the one place where an absl::Status becomes gRPC's. The payloads become the details of
// a google.rpc.Status, which `grpc-status-details-bin` carries and every client library decodes.
// INTERNAL, UNKNOWN and DATA_LOSS show a caller nothing but the call's id: their messages may name files, keys or people.
// Messages are cut to 256 bytes, and details beyond 4.5 KiB are left out: beyond 8 KB of metadata a client would see
// RESOURCE_EXHAUSTED instead of our error.
grpc::Status ToGrpcStatus(const absl::Status& status, absl::string_view call_id);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_STATUS_MAPPER_H_
