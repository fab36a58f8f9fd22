#ifndef STAFFROOM_SERVICE_TOKENS_REVISION_H_
#define STAFFROOM_SERVICE_TOKENS_REVISION_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace staffroom {

// A moment of one store: the epoch says which life of it (another after every restore), the number counts its mutations.
// Callers carry it as a string that they cannot read but may compare for equality. It holds nothing secret, so it is not
// sealed: a checksum refuses one that was cut or mistyped, which could otherwise pass for the future of a store.
struct Revision {
  uint64_t epoch = 0;
  uint64_t number = 0;
  friend bool operator==(const Revision&, const Revision&) = default;
};

// 27 characters of base64url: epoch(8, big-endian) | number(8, big-endian) | the first 4 bytes of their Fingerprint.
std::string FormatRevision(const Revision& revision);

// Nothing for anything that FormatRevision did not return. Whether the store has reached it is for the gate to say.
absl::optional<Revision> ParseRevision(absl::string_view text);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_TOKENS_REVISION_H_
