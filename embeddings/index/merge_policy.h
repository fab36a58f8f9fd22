// Which sealed segments are merged into one.
//
//   1. segments with too many dead rows are rewritten, all of them together: at 20% dead a walk's recall falls by a point, at
//      half by three, a scan reads them all, and the memory is lost. This comes before any graph is built: under an import
//      that writes each row several times, graphs would be built over what is dead already
//   2. segments that are small together are merged at once: that takes seconds, and a search pays for each segment
//   3. when there are too many segments, the two smallest are merged, and with them each next larger one that is no
//      larger than what is merged already. So a row is rewritten about as often as the index doubles
#ifndef STAFFROOM_EMBEDDINGS_INDEX_MERGE_POLICY_H_
#define STAFFROOM_EMBEDDINGS_INDEX_MERGE_POLICY_H_

#include <cstddef>
#include <vector>

#include "absl/types/span.h"

namespace staffroom::embeddings {

struct SegmentShape {
  size_t rows = 0;
  size_t dead = 0;  // of these
};

struct MergeLimits {
  size_t max_segments = 5;
  size_t small_rows = 0;  // what segments may come to together to be small
  double max_dead_share = 0.2;
};

// Positions in `segments`, ascending, by the first rule and by the other two; empty when there is nothing to merge.
std::vector<size_t> ChooseDying(absl::Span<const SegmentShape> segments, const MergeLimits& limits);
std::vector<size_t> ChooseTooMany(absl::Span<const SegmentShape> segments, const MergeLimits& limits);

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_MERGE_POLICY_H_
