#ifndef STAFFROOM_TESTS_EVAL_HELD_BACK_H_
#define STAFFROOM_TESTS_EVAL_HELD_BACK_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"
#include "tests/eval/teacher_posts.h"

namespace staffroom {

// Who asks, and the one whom a good answer should name: they spoke, and the input no longer says so.
struct Asker {
  std::string id;
  std::string partner;
  friend bool operator==(const Asker&, const Asker&) = default;
};

// Pairs of accounts, without direction.
class AccountPairs {
 public:
  void Add(const std::string& one, const std::string& other);
  bool Contains(const std::string& one, const std::string& other) const;
  size_t size() const { return pairs_.size(); }

 private:
  absl::flat_hash_set<std::pair<std::string, std::string>> pairs_;  // the lesser first
};

// Every author with at least 2 partners (authors of the set, not itself, whom it answered or who answered it) and at least 5
// posts asks, in order of id, and holds back one of its partners, each as likely. The same posts and seed give the same draw
// everywhere. Two askers may hold back each other, and an asker may lose a second partner to that one's own draw: what is
// removed from the input is the union of all pairs.
std::vector<Asker> DrawAskers(absl::Span<const TeacherPost> posts, uint64_t seed);

AccountPairs PairsOf(absl::Span<const Asker> askers);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_EVAL_HELD_BACK_H_
