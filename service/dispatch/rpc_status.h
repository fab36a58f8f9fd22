#ifndef STAFFROOM_SERVICE_DISPATCH_RPC_STATUS_H_
#define STAFFROOM_SERVICE_DISPATCH_RPC_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/rpc/status.pb.h"

namespace staffroom {

// What leaves the service of an error, as the answer of a call (status_mapper.h) or of one item of a batch: the one place where
// an absl::Status becomes google.rpc's. The payloads become its details, which every client library decodes.
// INTERNAL, UNKNOWN and DATA_LOSS show a caller nothing but the call's id: their messages may name files, keys or people.
// Messages are cut to 256 bytes, and details beyond 4.5 KiB are left out: beyond 8 KB of metadata a client would see
// RESOURCE_EXHAUSTED instead of our error. `with_details` false leaves them all out, where a response has no room for more.
google::rpc::Status ToRpcStatus(const absl::Status& status, absl::string_view call_id, bool with_details = true);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_RPC_STATUS_H_
