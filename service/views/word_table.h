#ifndef STAFFROOM_SERVICE_VIEWS_WORD_TABLE_H_
#define STAFFROOM_SERVICE_VIEWS_WORD_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace staffroom {

// The number of a word in this process, from 1; 0 = no word. Numbers depend on the order of arrival: compare words by
// number, order them by text.
using WordId = uint32_t;

// Interns the words of the catalog (subjects, interests, tags, languages, regions) under their folded form, which is also
// the only form that leaves again: the spelling first seen could be that of an account that nobody may notice.
// Not thread-safe; const calls may run together.
class WordTable {
 public:
  // The number of `word`, folded; adds it when new. 0 for the empty word.
  WordId Intern(absl::string_view word);
  // The number of `word`, folded, or 0 when nobody uses it.
  WordId Find(absl::string_view word) const;
  // The folded form; "" for 0.
  absl::string_view Text(WordId word) const { return word == 0 ? absl::string_view() : texts_[word - 1]; }
  size_t size() const { return texts_.size(); }
  size_t bytes() const { return bytes_; }

 private:
  std::deque<std::string> texts_;  // a deque: its strings stay where they are, the map's keys point at them
  absl::flat_hash_map<absl::string_view, WordId> numbers_;
  size_t bytes_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_WORD_TABLE_H_
