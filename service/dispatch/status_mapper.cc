#include "service/dispatch/status_mapper.h"

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"
#include "service/dispatch/rpc_status.h"

namespace staffroom {

grpc::Status ToGrpcStatus(const absl::Status& status, absl::string_view call_id) {
  if (status.ok()) return grpc::Status();
  const google::rpc::Status answer = ToRpcStatus(status, call_id);
  const auto code = static_cast<grpc::StatusCode>(answer.code());  // both follow google.rpc.Code
  if (answer.details().empty()) return grpc::Status(code, answer.message());
  return grpc::Status(code, answer.message(), answer.SerializeAsString());
}

}  // namespace staffroom
