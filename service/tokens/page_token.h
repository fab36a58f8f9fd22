#ifndef STAFFROOM_SERVICE_TOKENS_PAGE_TOKEN_H_
#define STAFFROOM_SERVICE_TOKENS_PAGE_TOKEN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/base/clock.h"
#include "service/tokens/sealer.h"

// What remains of a ranked list, given to the caller to bring back for the next page.
//
// The server keeps nothing between pages, so any replica can serve the next one and nothing repeats or is skipped: a later
// page is the sealed list, filtered again. The price is size: a candidate takes about 9 bytes and each piece of its evidence
// about 4, so the list ends at 1,000 candidates, and the token stays within 64 KiB whatever is in it.
namespace staffroom {

// A thing of the asker's own that led to a candidate, to say so on its page.
struct TokenEvidence {
  uint8_t item_kind = 0;  // storage::ItemKind, 1 to 3
  uint32_t ordinal = 0;
  friend bool operator==(const TokenEvidence&, const TokenEvidence&) = default;
};

struct PageEntry {
  uint8_t item_kind = 0;  // storage::ItemKind, 1 to 3
  uint32_t ordinal = 0;
  float score = 0;                        // [0, 1]
  uint32_t source_bits = 0;               // bit n: source n found it
  std::vector<TokenEvidence> evidence{};  // ≤ 3, the strongest first
  friend bool operator==(const PageEntry&, const PageEntry&) = default;
};

// What a page token is good for: the store whose ordinals it holds, and the request that it continues.
struct PageScope {
  uint64_t epoch = 0;
  uint64_t request_hash = 0;  // Fingerprint of everything in the request that decides the list
  friend bool operator==(const PageScope&, const PageScope&) = default;
};

struct PageToken {
  static constexpr size_t kEntriesMax = 1000;
  static constexpr size_t kBytesMax = 64 << 10;  // sealed, as the caller sees it

  PageScope scope;
  absl::Time expires;  // whole seconds, not before 1970
  bool is_fallback = false;
  std::vector<PageEntry> entries;
  friend bool operator==(const PageToken&, const PageToken&) = default;
};

// The plaintext. Entries beyond kEntriesMax and evidence beyond 3 are left out.
std::string EncodePageToken(const PageToken& token);
// INVALID_ARGUMENT when the bytes are no such plaintext: of another version, cut short, with something behind, out of bounds.
absl::StatusOr<PageToken> DecodePageToken(absl::string_view bytes);

// Gives page tokens out and takes them back. Thread-safe; sealer and clock must outlive it.
class PageTokens {
 public:
  PageTokens(const Sealer* sealer, const Clock* clock) : sealer_(*sealer), clock_(*clock) {}

  // A token for the hour from now on; `token.expires` is not read. "" when there are no entries: that was the last page.
  std::string Seal(PageToken token) const;

  // INVALID_ARGUMENT, PAGE_TOKEN_INVALID naming `page_token`, when the token is malformed, sealed by another key, expired, of
  // another store or of another request; the message says which of these a caller can mend.
  absl::StatusOr<PageToken> Open(const PageScope& scope, absl::string_view token) const;

 private:
  const Sealer& sealer_;
  const Clock& clock_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_TOKENS_PAGE_TOKEN_H_
