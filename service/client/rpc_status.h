#ifndef STAFFROOM_SERVICE_CLIENT_RPC_STATUS_H_
#define STAFFROOM_SERVICE_CLIENT_RPC_STATUS_H_

#include <string>

#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace staffroom {

// The google.rpc.Status that a server sent beside a call's status; without one, just the code and the message.
google::rpc::Status RpcStatusOf(const grpc::Status& status);

// When the server says to try again, if it says so.
absl::optional<absl::Duration> RetryDelay(const google::rpc::Status& status);

// Whether the same may go through later: the server is full and says for how long, starting, away or too slow.
// RESOURCE_EXHAUSTED without a delay is a message too large.
bool IsForLater(const google::rpc::Status& status);

// Whether what one item of an import was told holds for every other as well: no right to write, a read-only store.
bool IsAboutEverything(const google::rpc::Status& status);

// The reason of its google.rpc.ErrorInfo; empty when it has none.
std::string ReasonOf(const google::rpc::Status& status);

// The error in one line for people: code, reason, message, every wrong field that the message does not name, and when to try
// again: `INVALID_ARGUMENT FIELD_REQUIRED: account_id: must be given; count: must be 0 to 500`.
std::string ErrorText(const google::rpc::Status& status);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_RPC_STATUS_H_
