#include "embeddings/encoder/tokenizer.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "embeddings/encoder/code_point.h"
#include "embeddings/encoder/hashtag.h"
#include "embeddings/encoder/normalizer.h"

namespace staffroom::embeddings {
namespace {

constexpr size_t kLongestEntity = 10;  // bytes of "&thetasym;"
constexpr int32_t kFullWidthNumberSign = 0xFF03;
constexpr int32_t kFullWidthAt = 0xFF20;

bool ContinuesWord(CodePointClass code_point_class) {
  return code_point_class == CodePointClass::kLetter || code_point_class == CodePointClass::kMark;
}

bool ContinuesIdeographs(CodePointClass code_point_class) {
  return code_point_class == CodePointClass::kIdeograph || code_point_class == CodePointClass::kMark;
}

bool ContinuesName(const CodePoint& code_point) {  // of a hashtag or a handle
  return code_point.value == '_' || ContinuesWord(code_point.code_point_class) ||
         code_point.code_point_class == CodePointClass::kIdeograph;
}

// Walks the text once; every method starts at position_ and leaves it behind what it consumed.
class Scanner {
 public:
  Scanner(absl::string_view text, absl::FunctionRef<void(const Token&)> sink) : text_(text), sink_(sink) {}

  void Run() {
    while (position_ < text_.size()) Step();
  }

 private:
  CodePoint At(size_t position) const { return ReadCodePoint(text_, position); }

  void Step() {
    const CodePoint next = At(position_);
    switch (next.code_point_class) {
      case CodePointClass::kLetter:
        if (!SkipLink()) ScanWord();
        return;
      case CodePointClass::kIdeograph:
        ScanRun(TokenClass::kIdeographs, ContinuesIdeographs);
        return;
      case CodePointClass::kEmoji:
        Emit(TokenClass::kEmoji, position_, position_ + next.size);
        position_ += next.size;
        return;
      case CodePointClass::kFlagHalf:
        ScanFlag(next);
        return;
      default:
        ScanSign(next);
    }
  }

  void ScanSign(const CodePoint& sign) {
    position_ += sign.size;
    if (sign.value == '#' || sign.value == kFullWidthNumberSign) return ScanHashtag();
    if (sign.value == '@' || sign.value == kFullWidthAt) return SkipHandle();
    if (sign.value == '&') SkipEntity();
  }

  // Emits tokens of at most kMaxTokenCodePoints until `continues` fails.
  template <typename Continues>
  void ScanRun(TokenClass token_class, Continues continues) {
    size_t begin = position_;
    size_t count = 0;
    for (CodePoint next = At(position_); next.size > 0; next = At(position_)) {
      if (!continues(next.code_point_class)) break;
      if (count == kMaxTokenCodePoints) {
        Emit(token_class, begin, position_);
        begin = position_;
        count = 0;
      }
      position_ += next.size;
      ++count;
    }
    Emit(token_class, begin, position_);
  }

  void ScanWord() {
    const size_t begin = position_;
    size_t count = 0;
    for (CodePoint next = At(position_); next.size > 0 && count < kMaxTokenCodePoints; next = At(position_)) {
      const bool apostrophe = next.code_point_class == CodePointClass::kApostrophe &&
                              At(position_ + next.size).code_point_class == CodePointClass::kLetter;
      if (!apostrophe && !ContinuesWord(next.code_point_class)) break;
      position_ += next.size;
      ++count;
    }
    const CodePoint next = At(position_);
    const bool address = next.value == '@' && ContinuesName(At(position_ + 1));
    if (!address) Emit(TokenClass::kWord, begin, position_);
  }

  void ScanFlag(const CodePoint& first) {
    const size_t begin = position_;
    position_ += first.size;
    const CodePoint second = At(position_);
    if (second.code_point_class != CodePointClass::kFlagHalf) return;
    position_ += second.size;
    Emit(TokenClass::kEmoji, begin, position_);
  }

  void ScanHashtag() {
    const size_t begin = position_;
    size_t count = 0;
    for (CodePoint next = At(position_); next.size > 0 && ContinuesName(next) && count < kMaxTokenCodePoints;
         next = At(position_)) {
      position_ += next.size;
      ++count;
    }
    const absl::string_view tag = text_.substr(begin, position_ - begin);
    const absl::string_view whole = normalizer_.Normalize(tag);
    if (whole.find_first_not_of('_') == absl::string_view::npos) return;
    sink_(Token{.text = whole, .token_class = TokenClass::kHashtag});
    SplitHashtag(tag, [this](absl::string_view part) {
      const absl::string_view word = normalizer_.Normalize(part);
      if (word.empty()) return;
      const CodePointClass first = ReadCodePoint(word, 0).code_point_class;
      sink_(Token{.text = word,
                  .token_class = first == CodePointClass::kIdeograph ? TokenClass::kIdeographs : TokenClass::kWord,
                  .in_hashtag = true});
    });
  }

  // "@name", "@name.host", "@name@host.example". Full stops inside belong to it: hosts are handles too.
  void SkipHandle() {
    for (CodePoint next = At(position_); next.size > 0; next = At(position_)) {
      const bool joiner = (next.value == '.' || next.value == '@') && ContinuesName(At(position_ + next.size));
      if (!joiner && !ContinuesName(next)) return;
      position_ += next.size;
    }
  }

  void SkipEntity() {
    const absl::string_view rest = text_.substr(position_, kLongestEntity - 1);
    const size_t end = rest.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#");
    if (end != absl::string_view::npos && end > 0 && rest[end] == ';') position_ += end + 1;
  }

  // A link ends at a space, a control character, a quote or anything that is not ASCII.
  bool SkipLink() {
    const char lead = text_[position_] | 0x20;
    if (lead != 'h' && lead != 'w') return false;
    const absl::string_view rest = text_.substr(position_, 8);
    if (!absl::StartsWithIgnoreCase(rest, "http://") && !absl::StartsWithIgnoreCase(rest, "https://") &&
        !absl::StartsWithIgnoreCase(rest, "www.")) {
      return false;
    }
    while (position_ < text_.size() && text_[position_] > ' ' && text_[position_] < 0x7F && text_[position_] != '"') {
      ++position_;
    }
    return true;
  }

  void Emit(TokenClass token_class, size_t begin, size_t end) {
    const absl::string_view text = normalizer_.Normalize(text_.substr(begin, end - begin));
    if (!text.empty()) sink_(Token{.text = text, .token_class = token_class});
  }

  absl::string_view text_;
  absl::FunctionRef<void(const Token&)> sink_;
  size_t position_ = 0;
  Normalizer normalizer_;
};

}  // namespace

void Tokenize(absl::string_view text, absl::FunctionRef<void(const Token&)> sink) { Scanner(text, sink).Run(); }

}  // namespace staffroom::embeddings
