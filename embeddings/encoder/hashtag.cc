#include "embeddings/encoder/hashtag.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "absl/strings/match.h"
#include "embeddings/encoder/code_point.h"

namespace staffroom::embeddings {
namespace {

// What teachers glue to a subject, a place or an acronym.
constexpr absl::string_view kGluedWords[] = {
    "chat",  "chats",   "classroom", "community", "edu",     "education", "learn",    "learning", "math",
    "rocks", "science", "students",  "teach",     "teacher", "teachers",  "teaching", "works",
};
// Glued to acronyms only (#STEMed): too many words end in it (#inspired).
constexpr absl::string_view kGluedToAcronyms = "ed";
// A shorter stem is left whole.
constexpr size_t kShortestStem = 3;
// Letters of a name like K12, and digits of it.
constexpr size_t kLongestNumberedName = 2;

enum class Shape { kUpper, kLower, kDigit };

Shape ShapeOf(const CodePoint& code_point) {
  if (IsDigit(code_point.value)) return Shape::kDigit;
  return IsUpper(code_point.value) ? Shape::kUpper : Shape::kLower;
}

bool IsMark(const CodePoint& code_point) { return code_point.code_point_class == CodePointClass::kMark; }

// One past the last byte of the run of `shape` (and marks) that starts at `position`.
size_t RunEnd(absl::string_view tag, size_t position, Shape shape) {
  while (true) {
    const CodePoint next = ReadCodePoint(tag, position);
    if (next.size == 0 || next.value == '_') return position;
    if (!IsMark(next) && ShapeOf(next) != shape) return position;
    position += next.size;
  }
}

bool IsGluedToAcronyms(absl::string_view word) {
  if (absl::EqualsIgnoreCase(word, kGluedToAcronyms)) return true;
  return std::any_of(std::begin(kGluedWords), std::end(kGluedWords),
                     [word](absl::string_view glued) { return absl::EqualsIgnoreCase(word, glued); });
}

// Where the glued word at the end of `word` starts; word.size() when there is none.
size_t GluedSuffix(absl::string_view word) {
  for (absl::string_view glued : kGluedWords) {
    if (word.size() >= glued.size() + kShortestStem && absl::EndsWithIgnoreCase(word, glued)) {
      return word.size() - glued.size();
    }
  }
  return word.size();
}

// The start of the last code point of tag[begin, end).
size_t LastCodePoint(absl::string_view tag, size_t begin, size_t end) {
  size_t last = begin;
  for (size_t at = begin; at < end; at += ReadCodePoint(tag, at).size) {
    if (!IsMark(ReadCodePoint(tag, at))) last = at;
  }
  return last;
}

// One past the capitals of tag[begin, capitals_end) that are an acronym, or past the word they begin.
size_t EndAfterCapitals(absl::string_view tag, size_t begin, size_t capitals_end) {
  const size_t word_end = RunEnd(tag, capitals_end, Shape::kLower);
  if (word_end == capitals_end) return capitals_end;  // no small letters follow
  const size_t last_capital = LastCodePoint(tag, begin, capitals_end);
  if (last_capital == begin) return word_end;  // "Growth"
  return IsGluedToAcronyms(tag.substr(capitals_end, word_end - capitals_end)) ? capitals_end : last_capital;
}

// One past the part of `tag` that starts at `begin`, by rules 1 to 3.
size_t PartEnd(absl::string_view tag, size_t begin) {
  const Shape shape = ShapeOf(ReadCodePoint(tag, begin));
  size_t end = RunEnd(tag, begin, shape);
  if (shape == Shape::kDigit) return end;
  if (shape == Shape::kUpper) end = EndAfterCapitals(tag, begin, end);
  const size_t digits_end = RunEnd(tag, end, Shape::kDigit);
  const bool numbered_name = end - begin <= kLongestNumberedName && digits_end - end <= kLongestNumberedName;
  return numbered_name ? digits_end : end;
}

}  // namespace

void SplitHashtag(absl::string_view tag, absl::FunctionRef<void(absl::string_view)> sink) {
  for (size_t begin = 0; begin < tag.size();) {
    if (tag[begin] == '_') {
      ++begin;
      continue;
    }
    const size_t end = PartEnd(tag, begin);
    const absl::string_view part = tag.substr(begin, end - begin);
    const size_t suffix = GluedSuffix(part);
    sink(part.substr(0, suffix));
    if (suffix < part.size()) sink(part.substr(suffix));
    begin = end;
  }
}

}  // namespace staffroom::embeddings
