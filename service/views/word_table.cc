#include "service/views/word_table.h"

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "service/base/fold.h"

namespace staffroom {

WordId WordTable::Intern(absl::string_view word) {
  std::string folded = FoldWord(word);
  if (folded.empty()) return 0;
  const auto found = numbers_.find(folded);
  if (found != numbers_.end()) return found->second;
  texts_.push_back(std::move(folded));
  const WordId number = static_cast<WordId>(texts_.size());
  numbers_.emplace(texts_.back(), number);
  bytes_ += texts_.back().capacity() + sizeof(std::string) + sizeof(absl::string_view) + sizeof(WordId) + 1;
  return number;
}

WordId WordTable::Find(absl::string_view word) const {
  const auto found = numbers_.find(FoldWord(word));
  return found == numbers_.end() ? 0 : found->second;
}

}  // namespace staffroom
