#ifndef STAFFROOM_TESTS_TOKENS_TOKEN_FIXTURES_H_
#define STAFFROOM_TESTS_TOKENS_TOKEN_FIXTURES_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/tokens/sealer.h"

namespace staffroom {

// A sealer whose key is one letter repeated and whose nonces are all zero, so that tokens are the same in every run.
inline Sealer SealerOf(char letter) {
  const NonceSource zeros = [](absl::Span<uint8_t> nonce) { std::fill(nonce.begin(), nonce.end(), 0); };
  return *Sealer::Create(std::string(Sealer::kKeyBytes, letter), zeros);
}

// Every text that a token becomes when it is cut short, one bit of one letter is flipped, or something is added behind.
inline std::vector<std::string> Damaged(const std::string& token) {
  std::vector<std::string> damaged;
  for (size_t size = 0; size < token.size(); ++size) damaged.push_back(token.substr(0, size));
  for (size_t i = 0; i < token.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      damaged.push_back(token);
      damaged.back()[i] = static_cast<char>(damaged.back()[i] ^ (1 << bit));
    }
  }
  for (const char* more : {"A", "=", "==", " ", "\n"}) damaged.push_back(token + more);
  return damaged;
}

inline std::string Hex(absl::string_view bytes) { return absl::BytesToHexString(bytes); }

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_TOKENS_TOKEN_FIXTURES_H_
