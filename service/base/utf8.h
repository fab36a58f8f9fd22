#ifndef STAFFROOM_SERVICE_BASE_UTF8_H_
#define STAFFROOM_SERVICE_BASE_UTF8_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace staffroom {

// The length in bytes of the UTF-8 sequence that `text` starts with, or 0 when it starts with none: overlong forms,
// surrogates, code points above U+10FFFF and cut sequences are none (the Unicode Standard, table 3-7).
size_t Utf8SequenceLength(absl::string_view text);

// The offset of the first byte that is not part of a UTF-8 sequence, or text.size() when there is none.
size_t Utf8ValidPrefix(absl::string_view text);

// The longest prefix of at most `bytes` bytes that is valid UTF-8.
absl::string_view Utf8Cut(absl::string_view text, size_t bytes);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_BASE_UTF8_H_
