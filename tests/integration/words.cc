#include "tests/integration/words.h"

#include <cstdlib>
#include <string>

#include "utf8proc.h"

namespace staffroom {

std::string Folded(const std::string& word) {
  utf8proc_uint8_t* folded = nullptr;
  const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(word.data());
  const utf8proc_ssize_t size =
      utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(word.size()), &folded,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
  if (size < 0) return word;  // not UTF-8: no word of ours
  const std::string result(reinterpret_cast<const char*>(folded), static_cast<size_t>(size));
  std::free(folded);
  return result;
}

bool HasWord(const google::protobuf::RepeatedPtrField<std::string>& words, const std::string& word) {
  const std::string folded = Folded(word);
  for (const std::string& one : words) {
    if (Folded(one) == folded) return true;
  }
  return false;
}

bool Covers(const std::string& prefix, const std::string& tag) {
  const std::string short_one = Folded(prefix);
  const std::string long_one = Folded(tag);
  if (short_one.empty() || long_one.compare(0, short_one.size(), short_one) != 0) return false;
  return long_one.size() == short_one.size() || long_one[short_one.size()] == '-';
}

}  // namespace staffroom
