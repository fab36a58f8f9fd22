#include "service/tokens/token_codec.h"

#include <bit>
#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

void AppendFixed(std::string* bytes, uint64_t value, int count) {
  for (int i = 0; i < count; ++i) bytes->push_back(static_cast<char>(value >> (8 * i)));
}

}  // namespace

void TokenWriter::Byte(uint8_t value) { bytes_.push_back(static_cast<char>(value)); }

void TokenWriter::Varint(uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
  bytes_.push_back(static_cast<char>(value));
}

void TokenWriter::Fixed64(uint64_t value) { AppendFixed(&bytes_, value, 8); }

void TokenWriter::Float(float value) { AppendFixed(&bytes_, std::bit_cast<uint32_t>(value), 4); }

void TokenWriter::Text(absl::string_view text) {
  Varint(text.size());
  Bytes(text);
}

void TokenWriter::Bytes(absl::string_view bytes) { bytes_.append(bytes.data(), bytes.size()); }

uint64_t TokenReader::Fixed(int count) {
  if (rest_.size() < static_cast<size_t>(count)) ok_ = false;
  if (!ok_) return 0;
  uint64_t value = 0;
  for (int i = count - 1; i >= 0; --i) value = value << 8 | static_cast<uint8_t>(rest_[i]);
  rest_.remove_prefix(count);
  return value;
}

uint8_t TokenReader::Byte() { return static_cast<uint8_t>(Fixed(1)); }
uint64_t TokenReader::Fixed64() { return Fixed(8); }
float TokenReader::Float() { return std::bit_cast<float>(static_cast<uint32_t>(Fixed(4))); }

uint64_t TokenReader::Varint() {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const uint8_t byte = Byte();
    if (!ok_) return 0;
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  ok_ = false;  // more than ten bytes
  return 0;
}

uint32_t TokenReader::Varint32() {
  const uint64_t value = Varint();
  if (value > std::numeric_limits<uint32_t>::max()) ok_ = false;
  return ok_ ? static_cast<uint32_t>(value) : 0;
}

absl::string_view TokenReader::Text() {
  const uint64_t size = Varint();
  if (size > rest_.size()) ok_ = false;
  if (!ok_) return {};
  const absl::string_view text = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return text;
}

}  // namespace staffroom
