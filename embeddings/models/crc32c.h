// CRC-32C (Castagnoli; RFC 3720, B.4): finds every burst of up to 32 flipped bits, and others but for one in four billion.
#ifndef STAFFROOM_EMBEDDINGS_MODELS_CRC32C_H_
#define STAFFROOM_EMBEDDINGS_MODELS_CRC32C_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace staffroom::embeddings {

// The checksum of what was added so far and then `bytes`; begin with 0. ExtendCrc32c(ExtendCrc32c(0, a), b) is that of ab.
uint32_t ExtendCrc32c(uint32_t crc, absl::string_view bytes);

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_MODELS_CRC32C_H_
