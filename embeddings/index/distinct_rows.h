#ifndef STAFFROOM_EMBEDDINGS_INDEX_DISTINCT_ROWS_H_
#define STAFFROOM_EMBEDDINGS_INDEX_DISTINCT_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "embeddings/index/row_block.h"

namespace staffroom::embeddings {

// The slots of a block, grouped by equal rows: people repost, and short texts repeat. Groups are in the order of their
// first slots. Eight bytes a slot at most.
class DistinctRows {
 public:
  explicit DistinctRows(const RowBlock& rows);

  size_t size() const { return begins_.size() - 1; }
  // Ascending, never empty.
  absl::Span<const uint32_t> slots(size_t group) const {
    return {slots_.data() + begins_[group], begins_[group + 1] - begins_[group]};
  }
  size_t bytes() const { return (begins_.capacity() + slots_.capacity()) * sizeof(uint32_t); }

 private:
  std::vector<uint32_t> begins_;  // group g is slots_[begins_[g], begins_[g + 1])
  std::vector<uint32_t> slots_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_DISTINCT_ROWS_H_
