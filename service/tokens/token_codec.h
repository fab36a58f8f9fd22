#ifndef STAFFROOM_SERVICE_TOKENS_TOKEN_CODEC_H_
#define STAFFROOM_SERVICE_TOKENS_TOKEN_CODEC_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace staffroom {

// The bytes inside a token: fixed numbers little-endian, small ones as varints (7 bits a byte, least first, the high bit
// says that more follow), texts as varint length and bytes.
class TokenWriter {
 public:
  void Byte(uint8_t value);
  void Varint(uint64_t value);
  void Fixed64(uint64_t value);
  void Float(float value);
  void Text(absl::string_view text);
  void Bytes(absl::string_view bytes);  // as they are, without a length
  size_t size() const { return bytes_.size(); }
  std::string Take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads what TokenWriter wrote. Each call takes the next value; once one does not fit, ok() is false for good and every later
// value is 0 or empty, so a caller may read everything and ask once. `bytes` must outlive the reader.
class TokenReader {
 public:
  explicit TokenReader(absl::string_view bytes) : rest_(bytes) {}

  uint8_t Byte();
  uint64_t Varint();
  uint32_t Varint32();  // fails above 2^32 - 1
  uint64_t Fixed64();
  float Float();
  absl::string_view Text();

  void Fail() { ok_ = false; }  // what was read makes no sense
  bool ok() const { return ok_; }
  // Everything could be read and nothing is left.
  bool Finished() const { return ok_ && rest_.empty(); }

 private:
  uint64_t Fixed(int count);

  absl::string_view rest_;
  bool ok_ = true;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_TOKENS_TOKEN_CODEC_H_
