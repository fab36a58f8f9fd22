// Rows that never change again, with tombstones for those that were removed or superseded, and, once it is built, a
// graph to walk instead of scanning.
//
// A search chooses between two ways and pays the smaller estimate:
//   scan   every live row that passes the filter; exact
//   walk   the graph with a beam wide enough that, of the rows it ends with, enough are live and pass
// The share that passes is estimated from a sample of slots. A walk that ends with too few rows (the filter's rows lie far
// from the query) is thrown away and the segment scanned, so that no slot of an answer stays empty while a row could fill it.
#ifndef STAFFROOM_EMBEDDINGS_INDEX_SEALED_SEGMENT_H_
#define STAFFROOM_EMBEDDINGS_INDEX_SEALED_SEGMENT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "absl/types/span.h"
#include "embeddings/index/hnsw_graph.h"
#include "embeddings/index/neighbor.h"
#include "embeddings/index/row_block.h"
#include "embeddings/index/tombstones.h"
#include "embeddings/index/top_neighbors.h"
#include "embeddings/kernels/dot.h"

namespace staffroom::embeddings {

// Thread-compatible.
class SealedSegment {
 public:
  // All rows live, no graph.
  SealedSegment(uint32_t id, std::shared_ptr<const RowBlock> rows);
  // No row live yet: a merge revives them one by one.
  SealedSegment(uint32_t id, std::shared_ptr<const RowBlock> rows, std::shared_ptr<const HnswGraph> graph);

  uint32_t id() const { return id_; }
  const std::shared_ptr<const RowBlock>& rows() const { return rows_; }
  const Tombstones& tombstones() const { return tombstones_; }
  size_t live() const { return rows_->size() - tombstones_.dead(); }
  bool has_graph() const { return graph_ != nullptr; }
  size_t bytes() const;
  absl::Span<const float> row(uint32_t slot) const { return rows_->span(slot); }

  void Bury(uint32_t slot) { tombstones_.Bury(slot); }
  void Revive(uint32_t slot) { tombstones_.Revive(slot); }
  void SetGraph(std::shared_ptr<const HnswGraph> graph) { graph_ = std::move(graph); }

  // `least_beam` is the width of a walk when every row is live and passes.
  void Search(const float* query, DotFunction dot, const std::optional<OrdinalFilter>& filter, size_t least_beam,
              TopNeighbors& top) const;

 private:
  bool Passes(size_t slot, const std::optional<OrdinalFilter>& filter) const;
  double EstimatePassingShare(const std::optional<OrdinalFilter>& filter) const;
  void Scan(const float* query, DotFunction dot, const std::optional<OrdinalFilter>& filter, TopNeighbors& top) const;
  // False when the walk ended with too few rows; then nothing was offered.
  bool Walk(const float* query, DotFunction dot, const std::optional<OrdinalFilter>& filter, size_t beam,
            TopNeighbors& top) const;

  uint32_t id_;
  std::shared_ptr<const RowBlock> rows_;
  std::shared_ptr<const HnswGraph> graph_;  // null until built: scan
  Tombstones tombstones_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_SEALED_SEGMENT_H_
