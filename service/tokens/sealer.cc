#include "service/tokens/sealer.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/limits.h"

namespace staffroom {
namespace {

constexpr char kVersion = 1;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kHeadBytes = 1 + kNonceBytes;
static_assert(kHeadBytes + kTagBytes == Sealer::kOverheadBytes);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == Sealer::kKeyBytes);

const uint8_t* Bytes(absl::string_view text) { return reinterpret_cast<const uint8_t*>(text.data()); }

}  // namespace

NonceSource RandomNonces() {
  return [](absl::Span<uint8_t> nonce) { randombytes_buf(nonce.data(), nonce.size()); };
}

absl::StatusOr<Sealer> Sealer::Create(absl::string_view key, NonceSource nonces) {
  if (key.size() != kKeyBytes) {
    return absl::InvalidArgumentError(absl::StrCat("a sealing key has ", kKeyBytes, " bytes, this one ", key.size()));
  }
  if (sodium_init() < 0) return absl::InternalError("libsodium found no source of random numbers");
  return Sealer(key, std::move(nonces));
}

Sealer::Sealer(absl::string_view key, NonceSource nonces) : nonces_(std::move(nonces)) {
  std::copy_n(Bytes(key), kKeyBytes, key_.begin());
}

Sealer::~Sealer() { sodium_memzero(key_.data(), key_.size()); }

std::string Sealer::Seal(absl::string_view purpose, absl::string_view plaintext) const {
  std::string sealed(kHeadBytes + plaintext.size() + kTagBytes, '\0');
  auto* bytes = reinterpret_cast<uint8_t*>(sealed.data());
  sealed[0] = kVersion;
  uint8_t* nonce = bytes + 1;
  nonces_(absl::MakeSpan(nonce, kNonceBytes));
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + kHeadBytes, nullptr, Bytes(plaintext), plaintext.size(),
                                             Bytes(purpose), purpose.size(), nullptr, nonce, key_.data());
  return absl::WebSafeBase64Escape(sealed);
}

absl::StatusOr<std::string> Sealer::Open(absl::string_view purpose, absl::string_view token) const {
  const absl::Status refused = absl::InvalidArgumentError("this is not a token of ours");
  if (token.size() > limits::kTokenBytes) return refused;
  std::string sealed;
  if (!absl::WebSafeBase64Unescape(token, &sealed) || sealed.size() < kOverheadBytes || sealed[0] != kVersion)
    return refused;
  // The decoder ignores padding, white space and the unused bits of the last letter: one token, one spelling.
  if (absl::WebSafeBase64Escape(sealed) != token) return refused;
  std::string plaintext(sealed.size() - kOverheadBytes, '\0');
  const uint8_t* nonce = Bytes(sealed) + 1;
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<uint8_t*>(plaintext.data()), nullptr, nullptr, Bytes(sealed) + kHeadBytes,
      sealed.size() - kHeadBytes, Bytes(purpose), purpose.size(), nonce, key_.data());
  if (failed != 0) return refused;
  return plaintext;
}

}  // namespace staffroom
