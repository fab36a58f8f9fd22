#ifndef STAFFROOM_EMBEDDINGS_INDEX_SCAN_ROWS_H_
#define STAFFROOM_EMBEDDINGS_INDEX_SCAN_ROWS_H_

#include <cstddef>
#include <cstdint>

#include "embeddings/index/row_block.h"
#include "embeddings/index/row_codes.h"
#include "embeddings/index/top_neighbors.h"

namespace staffroom::embeddings {

// Offers every row whose slot satisfies `passes`, but those whose codes rule them out; so the outcome is that of offering
// all. Rows are read in order, at a byte an element; few floats are read, and `passes` is asked of few slots, once `top` is
// full.
template <typename Passes>
void ScanRows(const RowBlock& rows, const IndexQuery& query, const Passes& passes, TopNeighbors& top) {
  for (size_t slot = 0; slot < rows.size(); ++slot) {
    const CodeShape& shape = rows.shape(slot);
    if (query.Estimate(rows.codes(slot), shape) + query.Slack(shape) < top.floor()) continue;
    if (!passes(static_cast<uint32_t>(slot))) continue;
    top.Offer(rows.ordinal(slot), query.Exact(rows.row(slot)));
  }
}

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_SCAN_ROWS_H_
