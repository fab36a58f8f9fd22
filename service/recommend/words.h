#ifndef STAFFROOM_SERVICE_RECOMMEND_WORDS_H_
#define STAFFROOM_SERVICE_RECOMMEND_WORDS_H_

#include <algorithm>
#include <cstddef>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/views/catalog.h"

// Sorted lists of word numbers. Numbers are compared, never ordered into an answer: they depend on who came first.
namespace staffroom {

inline void ForEachCommonWord(absl::Span<const WordId> a, absl::Span<const WordId> b,
                              absl::FunctionRef<void(WordId)> visit) {
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) visit(a[i]);
    const WordId left = a[i];
    const WordId right = b[j];
    i += left <= right ? 1 : 0;
    j += right <= left ? 1 : 0;
  }
}

inline int CommonWordCount(absl::Span<const WordId> a, absl::Span<const WordId> b) {
  int count = 0;
  ForEachCommonWord(a, b, [&](WordId) { ++count; });
  return count;
}

// The word that says most, by its text alone: the longest, then the first of the alphabet. 0 when there is none.
// (A rarer word would say more, but how rare a word is could be the doing of an account that nobody may notice.)
inline WordId TellingCommonWord(const WordTable& words, absl::Span<const WordId> a, absl::Span<const WordId> b) {
  WordId best = 0;
  ForEachCommonWord(a, b, [&](WordId word) {
    const absl::string_view text = words.Text(word);
    const absl::string_view best_text = words.Text(best);
    if (best == 0 || text.size() > best_text.size() || (text.size() == best_text.size() && text < best_text))
      best = word;
  });
  return best;
}

// `prefix` covers `tag`: `en` covers `en` and `en-gb`, not `eng`. Both folded.
inline bool CoversTag(absl::string_view prefix, absl::string_view tag) {
  if (prefix.empty() || tag.size() < prefix.size() || tag.substr(0, prefix.size()) != prefix) return false;
  return tag.size() == prefix.size() || tag[prefix.size()] == '-';
}

// One covers the other: `en` and `en-gb` go together, `en-us` and `en-gb` do not.
inline bool TagsMatch(absl::string_view a, absl::string_view b) { return CoversTag(a, b) || CoversTag(b, a); }

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_WORDS_H_
