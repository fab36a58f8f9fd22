// Rows that never change again, with tombstones for those that were removed or superseded, and, once it is built, a
// graph to walk instead of scanning.
//
// A search chooses between two ways and pays the smaller estimate:
//   scan   every live row that passes the filter; exact
//   walk   the graph with a beam wide enough that, of the rows it ends with, enough are live and pass
// The share that passes is estimated from a sample of slots. A walk also ends when what is left of its beam is worse than what
// other segments have brought already: each of several segments holds only a part of the answer. A walk that ends with too few rows (the filter's rows lie far
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
#include "embeddings/index/row_codes.h"
#include "embeddings/index/tombstones.h"
#include "embeddings/index/top_neighbors.h"

namespace staffroom::embeddings {

struct WalkOptions {
  size_t beam = 128;  // rows a walk keeps (efSearch): recall against time; 1–10000
  // What a place of the beam costs, in rows that a scan passes over (12 to 14 ns at 256 dimensions): what decides between the
  // two. 0 always walks. Measured on teachers' posts, 8,192 to 65,536 rows: 67 to 125, the more the less of the rows' codes
  // is in the caches; 0–1e6.
  double place_cost = 100;
};

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

  void Bury(uint32_t slot) { tombstones_.Bury(slot); }
  void Revive(uint32_t slot) { tombstones_.Revive(slot); }
  void SetGraph(std::shared_ptr<const HnswGraph> graph) { graph_ = std::move(graph); }

  // A beam is wider than `options` say where more is wanted, or rows are dead or do not pass.
  void Search(const IndexQuery& query, const std::optional<OrdinalFilter>& filter, const WalkOptions& options,
              TopNeighbors& top) const;

 private:
  struct WalkPlan {
    size_t beam = 0;    // most places
    size_t least = 0;   // places looked from in any case
    double share = 1;   // of the rows, that are live and pass
    double enough = 0;  // rows that pass, here or better ones found before, at which looking on brings nothing
  };

  WalkPlan PlanWalk(const std::optional<OrdinalFilter>& filter, size_t least_beam, size_t count) const;
  bool Passes(size_t slot, const std::optional<OrdinalFilter>& filter) const;
  double EstimatePassingShare(const std::optional<OrdinalFilter>& filter) const;
  void Scan(const IndexQuery& query, const std::optional<OrdinalFilter>& filter, TopNeighbors& top) const;
  // False when the walk ended with too few rows; then nothing was offered.
  bool Walk(const IndexQuery& query, const std::optional<OrdinalFilter>& filter, const WalkPlan& plan,
            TopNeighbors& top) const;

  uint32_t id_;
  std::shared_ptr<const RowBlock> rows_;
  std::shared_ptr<const HnswGraph> graph_;  // null until built: scan
  Tombstones tombstones_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_SEALED_SEGMENT_H_
