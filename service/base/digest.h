#ifndef STAFFROOM_SERVICE_BASE_DIGEST_H_
#define STAFFROOM_SERVICE_BASE_DIGEST_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace staffroom {

// The hash of one record for a digest: the same on every machine and in every build. Fields are fed in a fixed order, each
// with its length, so that ("ab", "c") differs from ("a", "bc"). Records are then added up, which no order can change.
// FNV-1a over the bytes (offset basis and prime of its authors' page), finished with the 64-bit mixer of MurmurHash3.
class RecordHash {
 public:
  RecordHash& Add(absl::string_view text) {
    Add(static_cast<uint64_t>(text.size()));
    for (const char c : text) Mix(static_cast<unsigned char>(c));
    return *this;
  }
  RecordHash& Add(uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) Mix(static_cast<unsigned char>(number >> shift));
    return *this;
  }
  uint64_t Finish() const {
    uint64_t hash = state_;
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdULL;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return hash ^ (hash >> 33);
  }

 private:
  void Mix(unsigned char byte) { state_ = (state_ ^ byte) * 0x100000001b3ULL; }
  uint64_t state_ = 0xcbf29ce484222325ULL;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_BASE_DIGEST_H_
