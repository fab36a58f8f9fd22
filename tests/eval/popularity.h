#ifndef STAFFROOM_TESTS_EVAL_POPULARITY_H_
#define STAFFROOM_TESTS_EVAL_POPULARITY_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "staffroom/v1/import_record.pb.h"

namespace staffroom {

// The recommender to beat: everybody is shown the most followed. It reads the same records as the server.
class Popularity {
 public:
  explicit Popularity(absl::Span<const v1::ImportRecord> records);

  // At most `count` ids, the most followed first, ties by id; neither the asker nor whom it follows.
  std::vector<std::string> Recommend(const std::string& asker, size_t count) const;

 private:
  std::vector<std::string> ranked_;
  absl::flat_hash_map<std::string, absl::flat_hash_set<std::string>> follows_;
};

// Of how many lists, as a fraction, the wanted id is among the first `count`. Collected one list at a time.
class Recall {
 public:
  explicit Recall(size_t count) : count_(count) {}
  void Add(absl::Span<const std::string> list, const std::string& wanted);
  // 0 before the first list.
  double value() const { return lists_ == 0 ? 0 : static_cast<double>(hits_) / lists_; }

 private:
  const size_t count_;
  int hits_ = 0;
  int lists_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_EVAL_POPULARITY_H_
