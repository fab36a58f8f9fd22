#include "service/dispatch/status_mapper.h"

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"
#include "service/dispatch/status_code.h"
#include "service/dispatch/utf8.h"

namespace staffroom {
namespace {

// The worst case on the wire: the message percent-encoded, three bytes for one, and message and details once more in base64,
// four bytes for three: 3 × 256 + 4/3 × (256 + 4,608) = 7,254 bytes, below the 8 KB at which clients refuse metadata.
constexpr size_t kMessageBytes = 256;
constexpr size_t kDetailsBytes = 4'608;

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status, absl::string_view call_id) {
  if (status.ok()) return grpc::Status();
  const absl::StatusCode code = SentCode(status.code());
  const auto grpc_code = static_cast<grpc::StatusCode>(code);  // both follow google.rpc.Code
  if (code == absl::StatusCode::kInternal) {
    return grpc::Status(grpc_code, absl::StrCat("internal error, call id ", call_id));
  }
  google::rpc::Status details;
  details.set_code(static_cast<int>(code));
  details.set_message(std::string(Utf8Cut(status.message(), kMessageBytes)));
  size_t bytes = 0;
  status.ForEachPayload([&details, &bytes](absl::string_view type_url, const absl::Cord& payload) {
    bytes += type_url.size() + payload.size();
    if (bytes > kDetailsBytes) return;
    google::protobuf::Any* const any = details.add_details();
    any->set_type_url(std::string(type_url));
    any->set_value(std::string(payload));
  });
  if (details.details().empty()) return grpc::Status(grpc_code, details.message());
  return grpc::Status(grpc_code, details.message(), details.SerializeAsString());
}

}  // namespace staffroom
