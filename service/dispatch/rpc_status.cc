#include "service/dispatch/rpc_status.h"

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/rpc/status.pb.h"
#include "service/base/utf8.h"
#include "service/dispatch/status_code.h"

namespace staffroom {
namespace {

// The worst case on the wire: the message percent-encoded, three bytes for one, and message and details once more in base64,
// four bytes for three: 3 × 256 + 4/3 × (256 + 4,608) = 7,254 bytes, below the 8 KB at which clients refuse metadata.
constexpr size_t kMessageBytes = 256;
constexpr size_t kDetailsBytes = 4'608;

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
  size_t bytes = 0;
  status.ForEachPayload([&answer, &bytes](absl::string_view type_url, const absl::Cord& payload) {
    bytes += type_url.size() + payload.size();
    if (bytes > kDetailsBytes) return;
    google::protobuf::Any* const any = answer.add_details();
    any->set_type_url(std::string(type_url));
    any->set_value(std::string(payload));
  });
  return answer;
}

}  // namespace staffroom
