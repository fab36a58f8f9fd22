// What a code point is to the tokenizer, and how to read one from bytes.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_CODE_POINT_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_CODE_POINT_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace staffroom::embeddings {

enum class CodePointClass : uint8_t {
  kSeparator,  // space, punctuation, symbol, unassigned, or a byte that is not UTF-8
  kLetter,     // a letter or number of a script that spaces its words
  kMark,       // continues a word and starts none: combining marks, joiners, soft hyphen, direction marks
  kApostrophe,
  kIdeograph,  // Han, Kana, Hangul
  kEmoji,
  kFlagHalf,  // regional indicator: two of them are a flag
};

struct CodePoint {
  int32_t value = 0;  // 0 when the bytes are not UTF-8
  uint8_t size = 0;   // bytes, 1–4; 0 at the end of the text
  CodePointClass code_point_class = CodePointClass::kSeparator;
};

// The code point that starts at text[position]; size 0 when position >= text.size().
CodePoint ReadCodePoint(absl::string_view text, size_t position);

// True for the upper- and title-case letters of any script.
bool IsUpper(int32_t code_point);
bool IsDigit(int32_t code_point);

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_CODE_POINT_H_
