#ifndef STAFFROOM_SERVICE_TOKENS_SEALER_H_
#define STAFFROOM_SERVICE_TOKENS_SEALER_H_

#include <array>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace staffroom {

// Fills the span with bytes that never repeat under one key. Called from any thread.
using NonceSource = std::function<void(absl::Span<uint8_t>)>;

// 24 random bytes from the system: they may be drawn without a counter, for 2^80 tokens before a repeat is likely.
NonceSource RandomNonces();

// Turns bytes that we want back later into a string that a caller can keep but neither read nor change.
//
// What we hand out carries ordinals, scores and evidence: who resembles whom, whom somebody follows. So it is encrypted, not
// only signed, with XChaCha20-Poly1305. The purpose is authenticated with it: a page token cannot be opened as an attribution
// token, though both are sealed with the same key.
//   token = base64url without padding of: version(1) = 1 | nonce(24) | ciphertext | tag(16)
// Thread-safe.
class Sealer {
 public:
  static constexpr size_t kKeyBytes = 32;
  // What sealing adds to the plaintext, before base64url makes 4 bytes of 3.
  static constexpr size_t kOverheadBytes = 1 + 24 + 16;

  // INVALID_ARGUMENT unless the key has 32 bytes. Replicas that open each other's tokens share the key.
  static absl::StatusOr<Sealer> Create(absl::string_view key, NonceSource nonces = RandomNonces());
  ~Sealer();
  Sealer(const Sealer&) = default;
  Sealer& operator=(const Sealer&) = default;

  std::string Seal(absl::string_view purpose, absl::string_view plaintext) const;

  // The plaintext; INVALID_ARGUMENT without a field or reason for anything that Seal(purpose, …) under this key did not
  // return, byte for byte. Says nothing about why.
  absl::StatusOr<std::string> Open(absl::string_view purpose, absl::string_view token) const;

 private:
  Sealer(absl::string_view key, NonceSource nonces);

  std::array<uint8_t, kKeyBytes> key_;
  NonceSource nonces_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_TOKENS_SEALER_H_
