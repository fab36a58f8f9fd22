#ifndef STAFFROOM_STORAGE_BIG_ENDIAN_H_
#define STAFFROOM_STORAGE_BIG_ENDIAN_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

// Unsigned integers as big-endian bytes: their order as strings is their order as numbers.
namespace staffroom::storage {

template <typename Unsigned>
void AppendBigEndian(std::string* out, Unsigned number) {
  for (int shift = 8 * (static_cast<int>(sizeof(Unsigned)) - 1); shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(static_cast<uint64_t>(number) >> shift));
  }
}

// REQUIRES: bytes.size() ≥ sizeof(Unsigned).
template <typename Unsigned>
Unsigned ReadBigEndian(absl::string_view bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < sizeof(Unsigned); ++i) number = number << 8 | static_cast<uint8_t>(bytes[i]);
  return static_cast<Unsigned>(number);
}

// Takes a key apart from its front. REQUIRES that the key is long enough for what is taken.
class KeyReader {
 public:
  explicit KeyReader(absl::string_view key) : rest_(key) {}

  template <typename Unsigned>
  Unsigned Take() {
    const auto number = ReadBigEndian<Unsigned>(rest_);
    rest_.remove_prefix(sizeof(Unsigned));
    return number;
  }
  absl::string_view rest() const { return rest_; }

 private:
  absl::string_view rest_;
};

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_BIG_ENDIAN_H_
