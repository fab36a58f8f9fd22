#include "tests/eval/popularity.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"

namespace staffroom {

Popularity::Popularity(absl::Span<const v1::ImportRecord> records) {
  absl::flat_hash_map<std::string, int> followers;
  for (const v1::ImportRecord& record : records) {
    if (record.has_account()) {
      ranked_.push_back(record.account().id());
      followers.try_emplace(record.account().id());
    }
    if (record.interaction().kind() != v1::Interaction::FOLLOW) continue;
    const std::string& followed = record.interaction().account_id();
    if (follows_[record.interaction().actor_id()].insert(followed).second) ++followers[followed];
  }
  std::sort(ranked_.begin(), ranked_.end(), [&](const std::string& a, const std::string& b) {
    return std::make_tuple(-followers.at(a), a) < std::make_tuple(-followers.at(b), b);
  });
}

std::vector<std::string> Popularity::Recommend(const std::string& asker, size_t count) const {
  const auto followed = follows_.find(asker);
  std::vector<std::string> list;
  for (const std::string& id : ranked_) {
    if (list.size() == count) break;
    if (id == asker || (followed != follows_.end() && followed->second.contains(id))) continue;
    list.push_back(id);
  }
  return list;
}

void Recall::Add(absl::Span<const std::string> list, const std::string& wanted) {
  const absl::Span<const std::string> first = list.first(std::min(count_, list.size()));
  ++lists_;
  if (std::find(first.begin(), first.end(), wanted) != first.end()) ++hits_;
}

}  // namespace staffroom
