#ifndef STAFFROOM_SERVICE_TOKENS_ATTRIBUTION_TOKEN_H_
#define STAFFROOM_SERVICE_TOKENS_ATTRIBUTION_TOKEN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/base/clock.h"
#include "service/base/ordinal.h"
#include "service/tokens/sealer.h"

// What was recommended to whom and why, given with an answer and brought back with a later impression, click or follow.
//
// The read path writes nothing, so which source found what somebody followed is known only if the caller carries it.
// A token is at most 8 KiB, because it travels with every interaction: 500 items of at most 10 bytes, and three labels.
namespace staffroom {

struct AttributedItem {
  uint8_t item_kind = 0;  // storage::ItemKind, 1 to 3
  uint32_t ordinal = 0;
  uint32_t source_bits = 0;  // bit n: source n found it
  friend bool operator==(const AttributedItem&, const AttributedItem&) = default;
};

struct AttributionToken {
  static constexpr size_t kItemsMax = 500;
  static constexpr size_t kBytesMax = 8 << 10;  // sealed, as the caller sees it

  uint64_t epoch = 0;
  AccountOrdinal asker;  // none: the asker was a profile
  absl::Time time;       // of the answer; whole seconds, not before 1970
  uint64_t seed = 0;     // of the answer's exploration, so that Explain can repeat it
  std::string surface;   // ≤ 64 bytes, as experiment and variant
  std::string experiment;
  std::string variant;
  std::vector<AttributedItem> items;  // in the order shown

  // The item, or null when it was not part of the answer.
  const AttributedItem* Find(uint8_t item_kind, uint32_t ordinal) const;

  friend bool operator==(const AttributionToken&, const AttributionToken&) = default;
};

// The plaintext. Items beyond kItemsMax and bytes of a label beyond 64 are left out.
std::string EncodeAttributionToken(const AttributionToken& token);
// INVALID_ARGUMENT when the bytes are no such plaintext: of another version, cut short, with something behind, out of bounds.
absl::StatusOr<AttributionToken> DecodeAttributionToken(absl::string_view bytes);

// Gives attribution tokens out and takes them back. Thread-safe; sealer and clock must outlive it.
class AttributionTokens {
 public:
  AttributionTokens(const Sealer* sealer, const Clock* clock) : sealer_(*sealer), clock_(*clock) {}

  // A token of now; `token.time` is not read.
  std::string Seal(AttributionToken token) const;

  // INVALID_ARGUMENT, FIELD_OUT_OF_RANGE naming `attribution_token`, when the token is malformed, sealed by another key, older
  // than 30 days or of another store than `epoch`. Whose token it is the caller compares: an interaction whose actor is
  // not the asker is written unattributed, as is one whose token cannot be opened.
  absl::StatusOr<AttributionToken> Open(uint64_t epoch, absl::string_view token) const;

 private:
  const Sealer& sealer_;
  const Clock& clock_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_TOKENS_ATTRIBUTION_TOKEN_H_
