#include "embeddings/index/merge_policy.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace staffroom::embeddings {
namespace {

size_t Live(const SegmentShape& segment) { return segment.rows - segment.dead; }

double DeadShare(const SegmentShape& segment) {
  return segment.rows == 0 ? 1.0 : static_cast<double>(segment.dead) / static_cast<double>(segment.rows);
}

}  // namespace

std::vector<size_t> ChooseDying(absl::Span<const SegmentShape> segments, const MergeLimits& limits) {
  std::vector<size_t> dying;
  for (size_t i = 0; i < segments.size(); ++i) {
    if (DeadShare(segments[i]) >= limits.max_dead_share) dying.push_back(i);
  }
  return dying;
}

std::vector<size_t> ChooseTooMany(absl::Span<const SegmentShape> segments, const MergeLimits& limits) {
  if (segments.size() < 2) return {};
  std::vector<size_t> by_size(segments.size());
  std::iota(by_size.begin(), by_size.end(), size_t{0});
  std::sort(by_size.begin(), by_size.end(),
            [&](size_t a, size_t b) { return std::pair(Live(segments[a]), a) < std::pair(Live(segments[b]), b); });
  size_t count = 2;
  size_t merged_rows = Live(segments[by_size[0]]) + Live(segments[by_size[1]]);
  const auto next = [&] { return count < by_size.size() ? Live(segments[by_size[count]]) : 0; };
  if (merged_rows <= limits.small_rows) {
    for (; next() > 0 && merged_rows + next() <= limits.small_rows; ++count) merged_rows += next();
  } else if (segments.size() > limits.max_segments) {
    for (; next() > 0 && next() <= merged_rows; ++count) merged_rows += next();
  } else {
    return {};
  }
  by_size.resize(count);
  std::sort(by_size.begin(), by_size.end());
  return by_size;
}

}  // namespace staffroom::embeddings
