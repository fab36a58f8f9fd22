#include "service/handlers/rpc_status.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/rpc/status.pb.h"
#include "service/dispatch/status_code.h"
#include "service/dispatch/utf8.h"

namespace staffroom {
namespace {

constexpr size_t kMessageBytes = 256;

}  // namespace

google::rpc::Status ToRpcStatus(const absl::Status& status, absl::string_view call_id, bool with_details) {
  google::rpc::Status answer;
  if (status.ok()) return answer;
  const absl::StatusCode code = SentCode(status.code());
  answer.set_code(static_cast<int>(code));
  if (code == absl::StatusCode::kInternal) {
    answer.set_message(absl::StrCat("internal error, call id ", call_id));
    return answer;
  }
  answer.set_message(std::string(Utf8Cut(status.message(), kMessageBytes)));
  if (!with_details) return answer;
  status.ForEachPayload([&answer](absl::string_view type_url, const absl::Cord& payload) {
    google::protobuf::Any* const any = answer.add_details();
    any->set_type_url(std::string(type_url));
    any->set_value(std::string(payload));
  });
  return answer;
}

}  // namespace staffroom
