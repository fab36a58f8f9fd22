// Any bytes: the diagnosis of a malformed request must agree with protobuf's parser about whether they parse, and never read
// beyond them or run out of stack.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/stubs/logging.h"
#include "service/dispatch/wire_diagnosis.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/recommend.pb.h"

namespace staffroom {
namespace {

template <typename Message>
void CheckAs(const std::string& bytes) {
  Message message;
  const bool parses = message.ParseFromString(bytes);
  if (FindWireError(*Message::descriptor(), bytes).has_value() == parses) std::abort();
  if (!parses && DiagnoseMalformed(*Message::descriptor(), bytes).message().empty()) std::abort();
}

}  // namespace
}  // namespace staffroom

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  google::protobuf::SetLogHandler(nullptr);
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  staffroom::CheckAs<staffroom::v1::BatchUpsertAccountsRequest>(bytes);
  staffroom::CheckAs<staffroom::v1::RecommendAccountsRequest>(bytes);
  return 0;
}
