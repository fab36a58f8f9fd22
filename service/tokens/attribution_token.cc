#include "service/tokens/attribution_token.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/tokens/sealer.h"
#include "service/tokens/token_codec.h"

// The plaintext:
//   version(1) = 1 | epoch(8) | asker varint | time varint, seconds | seed(8) | surface, experiment, variant: texts |
//   items varint | item: ordinal << 2 | item_kind, varint | source_bits varint
namespace staffroom {
namespace {

constexpr absl::string_view kPurpose = "staffroom attribution token";
constexpr uint8_t kVersion = 1;

// The size holds by construction: nothing has to be dropped at run time.
constexpr size_t kItemBytes = 5 + 5;  // 34 bits and 32 bits, seven to a byte
constexpr size_t kHeadBytes = 1 + 8 + 5 + 10 + 8 + 3 * (1 + limits::kLabelBytes) + 2;
constexpr size_t kSealedBytes = Sealer::kOverheadBytes + kHeadBytes + AttributionToken::kItemsMax * kItemBytes;
static_assert((kSealedBytes * 4 + 2) / 3 <= AttributionToken::kBytesMax);
static_assert(limits::kSurfaceBytes <= limits::kLabelBytes);

absl::string_view Label(absl::string_view label) { return label.substr(0, limits::kLabelBytes); }

absl::Status Refused(absl::string_view why) { return InvalidField("attribution_token", reason::kFieldOutOfRange, why); }

}  // namespace

const AttributedItem* AttributionToken::Find(uint8_t item_kind, uint32_t ordinal) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const AttributedItem& item) {
    return item.item_kind == item_kind && item.ordinal == ordinal;
  });
  return found == items.end() ? nullptr : &*found;
}

std::string EncodeAttributionToken(const AttributionToken& token) {
  const size_t count = std::min(token.items.size(), AttributionToken::kItemsMax);
  TokenWriter writer;
  writer.Byte(kVersion);
  writer.Fixed64(token.epoch);
  writer.Varint(token.asker.value());
  writer.Varint(absl::ToUnixSeconds(token.time));
  writer.Fixed64(token.seed);
  writer.Text(Label(token.surface));
  writer.Text(Label(token.experiment));
  writer.Text(Label(token.variant));
  writer.Varint(count);
  for (size_t i = 0; i < count; ++i) {
    const AttributedItem& item = token.items[i];
    writer.Varint(static_cast<uint64_t>(item.ordinal) << 2 | (item.item_kind & 3));
    writer.Varint(item.source_bits);
  }
  return std::move(writer).Take();
}

absl::StatusOr<AttributionToken> DecodeAttributionToken(absl::string_view bytes) {
  TokenReader reader(bytes);
  AttributionToken token;
  const bool known_version = reader.Byte() == kVersion;
  token.epoch = reader.Fixed64();
  token.asker = AccountOrdinal(reader.Varint32());
  token.time = absl::FromUnixSeconds(static_cast<int64_t>(reader.Varint()));
  token.seed = reader.Fixed64();
  for (std::string* label : {&token.surface, &token.experiment, &token.variant}) *label = std::string(reader.Text());
  const uint64_t count = reader.Varint();
  if (count > AttributionToken::kItemsMax) reader.Fail();
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    const uint64_t head = reader.Varint();
    if (head >> 34 != 0) reader.Fail();
    token.items.push_back({.item_kind = static_cast<uint8_t>(head & 3),
                           .ordinal = static_cast<uint32_t>(head >> 2),
                           .source_bits = reader.Varint32()});
  }
  if (!known_version || !reader.Finished()) return absl::InvalidArgumentError("not the inside of an attribution token");
  return token;
}

std::string AttributionTokens::Seal(AttributionToken token) const {
  token.time = clock_.Now();
  return sealer_.Seal(kPurpose, EncodeAttributionToken(token));
}

absl::StatusOr<AttributionToken> AttributionTokens::Open(uint64_t epoch, absl::string_view token) const {
  const absl::StatusOr<std::string> bytes = sealer_.Open(kPurpose, token);
  absl::StatusOr<AttributionToken> opened = bytes.ok() ? DecodeAttributionToken(*bytes) : bytes.status();
  if (!opened.ok()) return Refused("not an attribution token of this service: send it as it was given");
  if (opened->epoch != epoch) return Refused("given before the store was restored");
  if (clock_.Now() >= opened->time + limits::kAttributionTokenLife)
    return Refused("expired 30 days after it was given");
  return opened;
}

}  // namespace staffroom
