#include "service/tokens/page_token.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/tokens/sealer.h"
#include "service/tokens/token_codec.h"

// The plaintext:
//   version(1) = 2 | epoch(8) | request_hash(8) | expires varint, seconds | flags(1), bit 0: is_fallback | entries varint |
//   entry: head(1) = item_kind | evidence count << 2 | ordinal varint | score(4) | source_bits varint | evidence…
//   evidence: ordinal << 2 | item_kind, varint
namespace staffroom {
namespace {

constexpr absl::string_view kPurpose = "staffroom page token";
constexpr uint8_t kVersion = 2;
constexpr size_t kEvidenceMax = 3;
constexpr size_t kEntryBytesMax = 1 + 5 + 4 + 5 + kEvidenceMax * 5;
static_assert(64 + PageToken::kEntriesMax * kEntryBytesMax + Sealer::kOverheadBytes <= PageToken::kBytesMax / 4 * 3);

PageEntry DecodeEntry(TokenReader& reader) {
  PageEntry entry;
  const uint8_t head = reader.Byte();
  entry.item_kind = head & 3;
  entry.ordinal = reader.Varint32();
  entry.score = reader.Float();
  entry.source_bits = reader.Varint32();
  if (head >> 2 > kEvidenceMax) reader.Fail();
  for (int i = 0; i < head >> 2 && reader.ok(); ++i) {
    const uint64_t piece = reader.Varint();
    if (piece >> 34 != 0) reader.Fail();
    entry.evidence.push_back(
        {.item_kind = static_cast<uint8_t>(piece & 3), .ordinal = static_cast<uint32_t>(piece >> 2)});
  }
  return entry;
}

absl::Status Refused(absl::string_view why) { return InvalidField("page_token", reason::kPageTokenInvalid, why); }

}  // namespace

std::string EncodePageToken(const PageToken& token) {
  const size_t count = std::min(token.entries.size(), PageToken::kEntriesMax);
  TokenWriter writer;
  writer.Byte(kVersion);
  writer.Fixed64(token.scope.epoch);
  writer.Fixed64(token.scope.request_hash);
  writer.Varint(absl::ToUnixSeconds(token.expires));
  writer.Byte(token.is_fallback ? 1 : 0);
  writer.Varint(count);
  for (size_t i = 0; i < count; ++i) {
    const PageEntry& entry = token.entries[i];
    const size_t pieces = std::min(entry.evidence.size(), kEvidenceMax);
    writer.Byte(static_cast<uint8_t>((entry.item_kind & 3) | pieces << 2));
    writer.Varint(entry.ordinal);
    writer.Float(entry.score);
    writer.Varint(entry.source_bits);
    for (size_t k = 0; k < pieces; ++k) {
      writer.Varint(uint64_t{entry.evidence[k].ordinal} << 2 | (entry.evidence[k].item_kind & 3));
    }
  }
  return std::move(writer).Take();
}

absl::StatusOr<PageToken> DecodePageToken(absl::string_view bytes) {
  TokenReader reader(bytes);
  PageToken token;
  const bool known_version = reader.Byte() == kVersion;
  token.scope.epoch = reader.Fixed64();
  token.scope.request_hash = reader.Fixed64();
  token.expires = absl::FromUnixSeconds(static_cast<int64_t>(reader.Varint()));
  const uint8_t flags = reader.Byte();
  token.is_fallback = flags == 1;
  const uint64_t count = reader.Varint();
  if (flags > 1 || count > PageToken::kEntriesMax) reader.Fail();
  for (uint64_t i = 0; i < count && reader.ok(); ++i) token.entries.push_back(DecodeEntry(reader));
  if (!known_version || !reader.Finished()) return absl::InvalidArgumentError("not the inside of a page token");
  return token;
}

std::string PageTokens::Seal(PageToken token) const {
  if (token.entries.empty()) return "";
  token.expires = clock_.Now() + limits::kPageTokenLife;
  return sealer_.Seal(kPurpose, EncodePageToken(token));
}

absl::StatusOr<PageToken> PageTokens::Open(const PageScope& scope, absl::string_view token) const {
  const absl::StatusOr<std::string> bytes = sealer_.Open(kPurpose, token);
  absl::StatusOr<PageToken> opened = bytes.ok() ? DecodePageToken(*bytes) : bytes.status();
  if (!opened.ok())
    return Refused("not a page token of this service: send next_page_token of the last response as it was");
  if (opened->scope.epoch != scope.epoch) return Refused("given before the store was restored: start again without it");
  if (opened->scope.request_hash != scope.request_hash) {
    return Refused("given for another request: repeat the first request and change only page_token and min_revision");
  }
  if (clock_.Now() >= opened->expires) return Refused("expired an hour after it was given: start again without it");
  return opened;
}

}  // namespace staffroom
