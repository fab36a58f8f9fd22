#include "service/client/rpc_status.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"
#include "service/base/errors.h"

namespace staffroom {
namespace {

// The first detail of that type.
template <typename Detail>
absl::optional<Detail> DetailOf(const google::rpc::Status& status) {
  Detail detail;
  for (const google::protobuf::Any& any : status.details()) {
    if (any.UnpackTo(&detail)) return detail;
  }
  return absl::nullopt;
}

std::string CodeName(int code) {
  return google::rpc::Code_IsValid(code) ? google::rpc::Code_Name(static_cast<google::rpc::Code>(code))
                                         : absl::StrCat("code ", code);
}

}  // namespace

google::rpc::Status RpcStatusOf(const grpc::Status& status) {
  google::rpc::Status sent;
  if (!status.error_details().empty() && sent.ParseFromString(status.error_details()) &&
      sent.code() == static_cast<int>(status.error_code())) {
    return sent;
  }
  google::rpc::Status plain;
  plain.set_code(static_cast<int>(status.error_code()));
  plain.set_message(status.error_message());
  return plain;
}

absl::optional<absl::Duration> RetryDelay(const google::rpc::Status& status) {
  const auto retry = DetailOf<google::rpc::RetryInfo>(status);
  if (!retry.has_value()) return absl::nullopt;
  return absl::Seconds(retry->retry_delay().seconds()) + absl::Nanoseconds(retry->retry_delay().nanos());
}

bool IsForLater(const google::rpc::Status& status) {
  return status.code() == google::rpc::UNAVAILABLE || status.code() == google::rpc::DEADLINE_EXCEEDED ||
         (status.code() == google::rpc::RESOURCE_EXHAUSTED && RetryDelay(status).has_value());
}

bool IsAboutEverything(const google::rpc::Status& status) {
  return status.code() == google::rpc::UNAUTHENTICATED || status.code() == google::rpc::PERMISSION_DENIED ||
         status.code() == google::rpc::UNIMPLEMENTED || absl::string_view(ReasonOf(status)) == reason::kReadOnlyStore;
}

std::string ReasonOf(const google::rpc::Status& status) {
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  return info.has_value() ? info->reason() : "";
}

std::string ErrorText(const google::rpc::Status& status) {
  std::string text = CodeName(status.code());
  if (const std::string reason = ReasonOf(status); !reason.empty()) absl::StrAppend(&text, " ", reason);
  absl::StrAppend(&text, ": ", status.message());
  if (const auto bad = DetailOf<google::rpc::BadRequest>(status)) {
    for (const auto& violation : bad->field_violations()) {
      // The server's message is its first violation.
      const bool is_said =
          absl::string_view(status.message()) == absl::StrCat(violation.field(), ": ", violation.description());
      if (!is_said) absl::StrAppend(&text, "; ", violation.field(), ": ", violation.description());
    }
  }
  if (const auto delay = RetryDelay(status)) absl::StrAppend(&text, "; try again in ", absl::FormatDuration(*delay));
  return text;
}

}  // namespace staffroom
