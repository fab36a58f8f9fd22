#ifndef STAFFROOM_TESTS_SUPPORT_RPC_STATUS_H_
#define STAFFROOM_TESTS_SUPPORT_RPC_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace staffroom {

// What a call ended with, in Abseil's words; the codes are the same numbers.
inline absl::Status FromRpc(const grpc::Status& status, absl::string_view rpc) {
  if (status.ok()) return absl::OkStatus();
  return {static_cast<absl::StatusCode>(status.error_code()), absl::StrCat(rpc, ": ", status.error_message())};
}

// What one item of a batch ended with.
inline absl::Status FromRpc(const google::rpc::Status& status) {
  if (status.code() == 0) return absl::OkStatus();
  return {static_cast<absl::StatusCode>(status.code()), status.message()};
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_RPC_STATUS_H_
