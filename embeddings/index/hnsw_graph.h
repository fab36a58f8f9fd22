// A navigable small-world graph over the rows of a block (Malkov and Yashunin, 2018), built and walked by FAISS; the
// rows stay in the block, and every distance goes through our own kernel.
//
// What FAISS 1.7.3 does that shaped this class:
//   - IndexIDMap throws when given search parameters, so slots are mapped to ordinals by the caller
//   - nodes cannot be removed, so the caller filters what a walk returns, and asks for more
//   - the heap of a walk is as wide as the larger of the index's efSearch and the number of results; a wider efSearch of
//     one query is ignored. So a walk asks for as many results as its beam is wide
//   - IndexHNSW::search adds to a global counter without a lock, so walks call HNSW::search, which does not
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

#include "absl/status/statusor.h"
#include "embeddings/index/distinct_rows.h"
#include "embeddings/index/row_block.h"

namespace faiss {
struct HNSW;
}

namespace staffroom::embeddings {

struct GraphOptions {
  int degree = 16;       // links of a node above the lowest layer; twice as many on it. 4–64
  int build_beam = 100;  // candidates kept while a node is linked (efConstruction). 8–1000
};

// Thread-safe: immutable.
class HnswGraph {
 public:
  // Builds on the calling thread alone: the same rows give the same graph. Takes 0.2 to 0.4 ms a row, so never
  // under a lock.
  // Requires a row. RESOURCE_EXHAUSTED when memory runs out.
  static absl::StatusOr<std::shared_ptr<const HnswGraph>> Build(std::shared_ptr<const RowBlock> rows,
                                                                const GraphOptions& options);
  ~HnswGraph();

  // Slots of the rows a walk of width `beam` ends with, in no order: about the `beam` nearest to `query` and all
  // that equal one of these; fewer in a small or badly connected graph.
  absl::StatusOr<std::vector<uint32_t>> Walk(const float* query, size_t beam) const;

  size_t bytes() const;  // of links and tables; the rows are the block's

 private:
  explicit HnswGraph(std::shared_ptr<const RowBlock> rows);
  void Link(const GraphOptions& options);

  const std::shared_ptr<const RowBlock> rows_;
  const DistinctRows distinct_;
  std::unique_ptr<faiss::HNSW> links_;  // between distinct rows
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_HNSW_GRAPH_H_
