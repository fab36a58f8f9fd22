#include "tests/eval/embedding_measures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "embeddings/kernels/dot.h"

namespace staffroom {
namespace {

double Mean(absl::Span<const double> numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
}

std::vector<double> Ranks(absl::Span<const double> numbers) {
  std::vector<size_t> order(numbers.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return numbers[a] < numbers[b]; });
  std::vector<double> ranks(numbers.size());
  for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && numbers[order[end]] == numbers[order[begin]]) ++end;
    const double shared = static_cast<double>(begin + end + 1) / 2;
    for (size_t i = begin; i < end; ++i) ranks[order[i]] = shared;
  }
  return ranks;
}

double Discounted(absl::Span<const double> gains, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < std::min(count, gains.size()); ++i) sum += gains[i] / std::log2(static_cast<double>(i) + 2);
  return sum;
}

}  // namespace

double Pearson(absl::Span<const double> a, absl::Span<const double> b) {
  if (a.empty()) return 0;
  const double mean_a = Mean(a);
  const double mean_b = Mean(b);
  double both = 0;
  double squares_a = 0;
  double squares_b = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    both += (a[i] - mean_a) * (b[i] - mean_b);
    squares_a += (a[i] - mean_a) * (a[i] - mean_a);
    squares_b += (b[i] - mean_b) * (b[i] - mean_b);
  }
  const double norms = std::sqrt(squares_a * squares_b);
  return norms > 0 ? both / norms : 0;
}

double Spearman(absl::Span<const double> a, absl::Span<const double> b) { return Pearson(Ranks(a), Ranks(b)); }

std::vector<size_t> NearestRows(const TextVectors& rows, const float* query, size_t count,
                                absl::optional<size_t> left_out) {
  static const embeddings::DotFunction dot = embeddings::BestDot();
  std::vector<std::pair<float, size_t>> found;
  found.reserve(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i != left_out) found.emplace_back(-dot(query, rows.row(i), rows.dimensions), i);
  }
  count = std::min(count, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end());
  std::vector<size_t> nearest;
  for (size_t i = 0; i < count; ++i) nearest.push_back(found[i].second);
  return nearest;
}

double Ndcg(absl::Span<const double> found, std::vector<double> all, size_t count) {
  std::sort(all.begin(), all.end(), std::greater<>());
  const double ideal = Discounted(all, count);
  return ideal > 0 ? Discounted(found, count) / ideal : 0;
}

double ConversationHits(const TextVectors& posts, absl::Span<const std::string> conversations, size_t count) {
  absl::flat_hash_map<std::string, int> sizes;
  for (const std::string& conversation : conversations) ++sizes[conversation];
  size_t queries = 0;
  size_t hits = 0;
  for (size_t i = 0; i < conversations.size(); ++i) {
    if (sizes[conversations[i]] == 1) continue;
    const std::vector<size_t> nearest = NearestRows(posts, posts.row(i), count, i);
    const bool hit = std::any_of(nearest.begin(), nearest.end(),
                                 [&](size_t other) { return conversations[other] == conversations[i]; });
    ++queries;
    hits += hit ? 1 : 0;
  }
  return queries == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(queries);
}

}  // namespace staffroom
