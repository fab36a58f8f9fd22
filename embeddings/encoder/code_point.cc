#include "embeddings/encoder/code_point.h"

#include <utf8proc.h>

namespace staffroom::embeddings {
namespace {

struct Range {
  int32_t first;
  int32_t last;
};

// Blocks whose letters and numbers are read as ideographs (Unicode 15 block names).
constexpr Range kIdeographBlocks[] = {
    {0x1100, 0x11FF},    // Hangul Jamo
    {0x2E80, 0x9FFF},    // CJK Radicals … CJK Unified Ideographs, with Kana and Bopomofo between
    {0xA960, 0xA97F},    // Hangul Jamo Extended-A
    {0xAC00, 0xD7FF},    // Hangul Syllables, Jamo Extended-B
    {0xF900, 0xFAFF},    // CJK Compatibility Ideographs
    {0xFF66, 0xFFDC},    // half-width Katakana and Hangul
    {0x1AFF0, 0x1B16F},  // Kana Extended-B, Supplement, Extended-A, Small Kana
    {0x20000, 0x3FFFF},  // CJK Extensions B …
};

// Pictographs below this (©, ®, ‼, ™) are typography.
constexpr int32_t kFirstEmoji = 0x2190;
constexpr Range kRegionalIndicators = {0x1F1E6, 0x1F1FF};
constexpr int32_t kRightSingleQuote = 0x2019;
constexpr int32_t kModifierApostrophe = 0x02BC;

bool IsIdeograph(int32_t code_point) {
  for (const Range& block : kIdeographBlocks) {
    if (code_point < block.first) return false;
    if (code_point <= block.last) return true;
  }
  return false;
}

CodePointClass ClassifyAscii(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
    return CodePointClass::kLetter;
  }
  return c == '\'' ? CodePointClass::kApostrophe : CodePointClass::kSeparator;
}

CodePointClass Classify(int32_t code_point) {
  if (code_point == kRightSingleQuote || code_point == kModifierApostrophe) {
    return CodePointClass::kApostrophe;
  }
  if (code_point >= kRegionalIndicators.first && code_point <= kRegionalIndicators.last) {
    return CodePointClass::kFlagHalf;
  }
  const utf8proc_property_t* property = utf8proc_get_property(code_point);
  switch (property->category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return IsIdeograph(code_point) ? CodePointClass::kIdeograph : CodePointClass::kLetter;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_CF:
      return CodePointClass::kMark;
    default:
      return code_point >= kFirstEmoji && property->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC
                 ? CodePointClass::kEmoji
                 : CodePointClass::kSeparator;
  }
}

}  // namespace

CodePoint ReadCodePoint(absl::string_view text, size_t position) {
  if (position >= text.size()) return CodePoint{};
  const auto lead = static_cast<unsigned char>(text[position]);
  if (lead < 0x80) {
    return {.value = lead, .size = 1, .code_point_class = ClassifyAscii(text[position])};
  }
  int32_t value = 0;
  const utf8proc_ssize_t size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + position,
                                                 static_cast<utf8proc_ssize_t>(text.size() - position), &value);
  if (size <= 0 || value < 0) return {.value = 0, .size = 1};
  return {.value = value, .size = static_cast<uint8_t>(size), .code_point_class = Classify(value)};
}

bool IsUpper(int32_t code_point) {
  if (code_point < 0x80) return code_point >= 'A' && code_point <= 'Z';
  const utf8proc_category_t category = utf8proc_category(code_point);
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool IsDigit(int32_t code_point) {
  if (code_point < 0x80) return code_point >= '0' && code_point <= '9';
  return utf8proc_category(code_point) == UTF8PROC_CATEGORY_ND;
}

}  // namespace staffroom::embeddings
