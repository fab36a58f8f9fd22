#include "service/tokens/fingerprint.h"

#include <sodium.h>

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace staffroom {

uint64_t Fingerprint(absl::string_view bytes) {
  std::array<uint8_t, crypto_generichash_BYTES_MIN> digest;
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
                     nullptr, 0);
  uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | digest[i];
  return number;
}

}  // namespace staffroom
