#include "service/tokens/revision.h"

#include <cstdint>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "service/tokens/fingerprint.h"

namespace staffroom {
namespace {

constexpr size_t kBodyBytes = 16;
constexpr size_t kChecksumBytes = 4;

void AppendBigEndian(std::string* bytes, uint64_t value, int count) {
  for (int i = 0; i < count; ++i) bytes->push_back(static_cast<char>(value >> (56 - 8 * i)));
}

uint64_t BigEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<uint8_t>(byte);
  return value;
}

}  // namespace

std::string FormatRevision(const Revision& revision) {
  std::string bytes;
  AppendBigEndian(&bytes, revision.epoch, 8);
  AppendBigEndian(&bytes, revision.number, 8);
  AppendBigEndian(&bytes, Fingerprint(bytes), kChecksumBytes);
  return absl::WebSafeBase64Escape(bytes);
}

absl::optional<Revision> ParseRevision(absl::string_view text) {
  std::string bytes;
  if (absl::WebSafeBase64Unescape(text, &bytes) && bytes.size() == kBodyBytes + kChecksumBytes) {
    const absl::string_view body = absl::string_view(bytes).substr(0, kBodyBytes);
    const Revision revision = {.epoch = BigEndian(body.substr(0, 8)), .number = BigEndian(body.substr(8))};
    // Written again it must be the same text: this checks the checksum, and that there is one spelling.
    if (FormatRevision(revision) == text) return revision;
  }
  return absl::nullopt;
}

}  // namespace staffroom
