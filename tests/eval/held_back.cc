#include "tests/eval/held_back.h"

#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "tests/eval/teacher_posts.h"

namespace staffroom {
namespace {

constexpr size_t kPartnersMin = 2;
constexpr int kPostsMin = 5;

std::pair<std::string, std::string> InOrder(const std::string& one, const std::string& other) {
  return one < other ? std::make_pair(one, other) : std::make_pair(other, one);
}

}  // namespace

void AccountPairs::Add(const std::string& one, const std::string& other) { pairs_.insert(InOrder(one, other)); }

bool AccountPairs::Contains(const std::string& one, const std::string& other) const {
  return pairs_.contains(InOrder(one, other));
}

std::vector<Asker> DrawAskers(absl::Span<const TeacherPost> posts, uint64_t seed) {
  std::map<std::string, int> post_counts;
  for (const TeacherPost& post : posts) ++post_counts[post.author];
  std::map<std::string, std::set<std::string>> partners;
  for (const TeacherPost& post : posts) {
    if (post.reply_to == post.author || post_counts.count(post.reply_to) == 0) continue;
    partners[post.author].insert(post.reply_to);
    partners[post.reply_to].insert(post.author);
  }
  // The remainder, and not a std::uniform_int_distribution, whose results differ between standard libraries.
  std::mt19937_64 random(seed);
  std::vector<Asker> askers;
  for (const auto& [author, those] : partners) {
    if (those.size() < kPartnersMin || post_counts[author] < kPostsMin) continue;
    askers.push_back({author, *std::next(those.begin(), static_cast<int>(random() % those.size()))});
  }
  return askers;
}

AccountPairs PairsOf(absl::Span<const Asker> askers) {
  AccountPairs pairs;
  for (const Asker& asker : askers) pairs.Add(asker.id, asker.partner);
  return pairs;
}

}  // namespace staffroom
