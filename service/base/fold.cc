#include "service/base/fold.h"

#include <utf8proc.h>

#include <cstdlib>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

bool IsAscii(absl::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

}  // namespace

std::string FoldWord(absl::string_view word) {
  const absl::string_view trimmed = absl::StripAsciiWhitespace(word);
  if (IsAscii(trimmed)) return absl::AsciiStrToLower(trimmed);
  utf8proc_uint8_t* folded = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(trimmed.data()),
                                             static_cast<utf8proc_ssize_t>(trimmed.size()), &folded, options);
  if (size < 0) return std::string(trimmed);
  std::string result(reinterpret_cast<const char*>(folded), static_cast<size_t>(size));
  std::free(folded);  // utf8proc allocates with malloc
  return result;
}

}  // namespace staffroom
