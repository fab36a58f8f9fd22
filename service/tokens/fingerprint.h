#ifndef STAFFROOM_SERVICE_TOKENS_FINGERPRINT_H_
#define STAFFROOM_SERVICE_TOKENS_FINGERPRINT_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace staffroom {

// The first 8 bytes of BLAKE2b, big-endian: the same in every process and version (absl::Hash is neither), so that a token
// made by one replica can be checked by another. Not a signature.
uint64_t Fingerprint(absl::string_view bytes);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_TOKENS_FINGERPRINT_H_
