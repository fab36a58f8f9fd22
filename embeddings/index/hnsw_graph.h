// A navigable small-world graph over the rows of a block (Malkov and Yashunin, 2018): FAISS builds it, with every distance
// going through our own kernel, and graph_links.h walks it. The rows stay in the block.
//
// What FAISS 1.7.3 does that shaped this class:
//   - nodes cannot be removed, so the caller filters what a walk returns, and asks for more
//   - IndexHNSW keeps a copy of the rows and computes with scalar code, so Build calls HNSW::add_with_locks row by
//     row, as IndexHNSW::add does: highest layer first, in an order shuffled by a fixed seed
//   - the links of equal rows are spent on each other, and walks are lost among them: with half of the rows copies of
//     one row, recall@10 fell from .99 to .6. So a node stands for all slots whose rows are equal
//   - adding to a graph while it is searched crashes, so a graph is immutable once Build returns it
#ifndef STAFFROOM_EMBEDDINGS_INDEX_HNSW_GRAPH_H_
#define STAFFROOM_EMBEDDINGS_INDEX_HNSW_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "embeddings/index/distinct_rows.h"
#include "embeddings/index/graph_links.h"
#include "embeddings/index/row_block.h"
#include "embeddings/index/row_codes.h"

namespace staffroom::embeddings {

// Asked by work that takes long whether it should end without a result; from the working thread.
using ShouldStop = absl::FunctionRef<bool()>;
inline bool NeverStop() { return false; }

struct GraphOptions {
  int degree = 16;       // links of a node above the lowest layer; twice as many on it. 4–64
  int build_beam = 100;  // candidates kept while a node is linked (efConstruction). 8–1000
};

// Thread-safe: immutable.
class HnswGraph {
 public:
  // Builds on the calling thread alone: the same rows give the same graph. Takes 0.1 to 0.3 ms a row, so never
  // under a lock.
  // Requires a row. `should_stop` is asked before each row. RESOURCE_EXHAUSTED when memory runs out, CANCELLED when told to stop.
  static absl::StatusOr<std::shared_ptr<const HnswGraph>> Build(std::shared_ptr<const RowBlock> rows,
                                                                const GraphOptions& options, ShouldStop should_stop);

  // Slots of the rows a walk of width `beam` ends with, the nearer about first: about the `beam` nearest to `query` and all
  // that equal one of these; fewer in a small or badly connected graph, or when `is_enough` ended it.
  // RESOURCE_EXHAUSTED when memory runs out.
  absl::StatusOr<std::vector<uint32_t>> Walk(const IndexQuery& query, size_t beam,
                                             GraphLinks::IsEnough is_enough) const;

  size_t bytes() const { return distinct_.bytes() + links_.bytes(); }  // the rows are the block's

 private:
  HnswGraph(std::shared_ptr<const RowBlock> rows, DistinctRows distinct, GraphLinks links);

  const std::shared_ptr<const RowBlock> rows_;
  const DistinctRows distinct_;
  const GraphLinks links_;  // between distinct rows
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_HNSW_GRAPH_H_
