#ifndef STAFFROOM_SERVICE_HANDLERS_RPC_STATUS_H_
#define STAFFROOM_SERVICE_HANDLERS_RPC_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/rpc/status.pb.h"

namespace staffroom {

// The error of one item of a batch, as the single RPC would have answered it: INTERNAL, UNKNOWN and DATA_LOSS say nothing but
// the call's id. `with_details` false leaves the details out, where a response has no room for more of them.
google::rpc::Status ToRpcStatus(const absl::Status& status, absl::string_view call_id, bool with_details = true);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_RPC_STATUS_H_
