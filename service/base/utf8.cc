#include "service/base/utf8.h"

#include <cstddef>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

bool InRange(unsigned char byte, unsigned char low, unsigned char high) { return low <= byte && byte <= high; }

// The second byte alone rules out overlong forms, surrogates and what lies above U+10FFFF.
bool SecondByteFits(unsigned char first, unsigned char second) {
  switch (first) {
    case 0xE0:
      return InRange(second, 0xA0, 0xBF);
    case 0xED:
      return InRange(second, 0x80, 0x9F);
    case 0xF0:
      return InRange(second, 0x90, 0xBF);
    case 0xF4:
      return InRange(second, 0x80, 0x8F);
    default:
      return InRange(second, 0x80, 0xBF);
  }
}

}  // namespace

size_t Utf8SequenceLength(absl::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [text](size_t at) { return static_cast<unsigned char>(text[at]); };
  if (byte(0) < 0x80) return 1;
  const size_t length = InRange(byte(0), 0xC2, 0xDF)   ? 2
                        : InRange(byte(0), 0xE0, 0xEF) ? 3
                        : InRange(byte(0), 0xF0, 0xF4) ? 4
                                                       : 0;
  if (length == 0 || text.size() < length || !SecondByteFits(byte(0), byte(1))) return 0;
  for (size_t at = 2; at < length; ++at) {
    if (!InRange(byte(at), 0x80, 0xBF)) return 0;
  }
  return length;
}

size_t Utf8ValidPrefix(absl::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const size_t length = Utf8SequenceLength(text.substr(at));
    if (length == 0) break;
    at += length;
  }
  return at;
}

absl::string_view Utf8Cut(absl::string_view text, size_t bytes) {
  const absl::string_view cut = text.substr(0, bytes);
  return cut.substr(0, Utf8ValidPrefix(cut));
}

}  // namespace staffroom
