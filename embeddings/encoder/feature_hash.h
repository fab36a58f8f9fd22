// A 64-bit hash of a feature's bytes, written out so that it is the same on every machine and with every
// compiler: FNV-1a (Fowler, Noll, Vo; 64-bit offset basis and prime) takes in the bytes, and the finaliser of
// MurmurHash3 (Appleby; fmix64) spreads every bit over all others, which FNV-1a alone does not do for short inputs.
//
// The hash is a running one: Value() may be read after every Add(), so the n-grams "tea", "teac", "teach" cost one
// pass. Do not change anything here without a new model id.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_FEATURE_HASH_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_FEATURE_HASH_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace staffroom::embeddings {

// Features of different classes never share a hash by construction: "chat" the word is not "chat" the n-gram.
// The numbers are part of the model: do not renumber.
enum class FeatureClass : uint8_t {
  kWord = 1,
  kWordPair = 2,
  kCharacterNgram = 3,
  kHashtag = 4,
  kEmoji = 5,
  kIdeograph = 6,
  kIdeographPair = 7,
};

constexpr uint64_t MixBits(uint64_t bits) {
  bits ^= bits >> 33;
  bits *= 0xFF51AFD7ED558CCDu;
  bits ^= bits >> 33;
  bits *= 0xC4CEB9FE1A85EC53u;
  bits ^= bits >> 33;
  return bits;
}

class FeatureHash {
 public:
  constexpr explicit FeatureHash(FeatureClass feature_class) { AddByte(static_cast<uint8_t>(feature_class)); }

  constexpr void AddByte(uint8_t byte) { state_ = (state_ ^ byte) * kPrime; }

  constexpr void Add(absl::string_view bytes) {
    for (char byte : bytes) AddByte(static_cast<uint8_t>(byte));
  }

  // Least significant byte first, whatever the machine's order.
  constexpr void AddInteger(uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) AddByte(static_cast<uint8_t>(value >> shift));
  }

  constexpr uint64_t Value() const { return MixBits(state_); }

 private:
  static constexpr uint64_t kPrime = 0x00000100000001B3u;
  uint64_t state_ = 0xCBF29CE484222325u;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_FEATURE_HASH_H_
