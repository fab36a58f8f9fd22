#ifndef STAFFROOM_SERVICE_TOKENS_LIST_TOKEN_H_
#define STAFFROOM_SERVICE_TOKENS_LIST_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/tokens/sealer.h"

namespace staffroom {

// The page tokens of ListAccounts, ListInteractions and the like: where to go on, and for which request. The position is an id
// or a key, not a number of rows, so what is written meanwhile neither repeats nor hides anything that was there, and the
// token needs no expiry. Sealed because a position may name somebody whom the next page would have left out.
// Thread-safe; the sealer must outlive it.
class ListTokens {
 public:
  explicit ListTokens(const Sealer* sealer) : sealer_(*sealer) {}

  // `request_hash`: Fingerprint of everything in the request that decides the list. `position`: ≤ 1 KiB, never empty.
  std::string Seal(uint64_t request_hash, absl::string_view position) const;

  // The position; INVALID_ARGUMENT, PAGE_TOKEN_INVALID naming `page_token`, when the token is malformed, sealed by another key
  // or of another request.
  absl::StatusOr<std::string> Open(uint64_t request_hash, absl::string_view token) const;

 private:
  const Sealer& sealer_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_TOKENS_LIST_TOKEN_H_
