#include "service/tokens/list_token.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/base/errors.h"
#include "service/tokens/sealer.h"
#include "service/tokens/token_codec.h"

// The plaintext: version(1) = 1 | request_hash(8) | position: text
namespace staffroom {
namespace {

constexpr absl::string_view kPurpose = "staffroom list token";
constexpr uint8_t kVersion = 1;

absl::Status Refused(absl::string_view why) { return InvalidField("page_token", reason::kPageTokenInvalid, why); }

}  // namespace

std::string ListTokens::Seal(uint64_t request_hash, absl::string_view position) const {
  TokenWriter writer;
  writer.Byte(kVersion);
  writer.Fixed64(request_hash);
  writer.Text(position);
  return sealer_.Seal(kPurpose, std::move(writer).Take());
}

absl::StatusOr<std::string> ListTokens::Open(uint64_t request_hash, absl::string_view token) const {
  const absl::StatusOr<std::string> bytes = sealer_.Open(kPurpose, token);
  TokenReader reader(bytes.ok() ? absl::string_view(*bytes) : absl::string_view());
  const bool known_version = reader.Byte() == kVersion;
  const uint64_t sealed_hash = reader.Fixed64();
  std::string position(reader.Text());
  if (!known_version || !reader.Finished()) {
    return Refused("not a page token of this list: send next_page_token of the last response as it was");
  }
  if (sealed_hash != request_hash) {
    return Refused("given for another request: repeat the first request and change only page_token");
  }
  return position;
}

}  // namespace staffroom
