// Text → tokens, for people who write as teachers do online: hashtags that glue words together, links,
// handles, emoji, and any script.
//
//   word        a run of letters, digits and marks; an apostrophe inside is dropped ("don't" → "dont")
//   hashtag     "#NGSSchat" → the hashtag "#ngsschat", then its parts as words: "ngss", "chat"
//   emoji       one token per pictograph; skin tones, joiners and variation selectors are dropped; a flag is one token
//   ideographs  a run of Han, Kana or Hangul, which has no spaces to find words by: the caller takes pairs of characters
//
// Links (http://, https://, www.), @handles, e-mail addresses and HTML entities are dropped: they identify, they do
// not describe. Every token is NFKC-casefolded. Bytes that are not UTF-8 separate words.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_TOKENIZER_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_TOKENIZER_H_

#include <cstddef>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace staffroom::embeddings {

enum class TokenClass { kWord, kHashtag, kEmoji, kIdeographs };

struct Token {
  absl::string_view text;  // normalised UTF-8, never empty; valid during the call only
  TokenClass token_class;
  bool in_hashtag = false;  // a word that is part of the hashtag before it
};

// A longer run is cut into tokens of this many code points. Bounds memory, and the quadratic worst case
// of canonical ordering (a run of combining marks).
inline constexpr size_t kMaxTokenCodePoints = 64;

// Calls `sink` with each token in the order of the text. Linear time; no allocation beyond fixed buffers.
void Tokenize(absl::string_view text, absl::FunctionRef<void(const Token&)> sink);

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_TOKENIZER_H_
