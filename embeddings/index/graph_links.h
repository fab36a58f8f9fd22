// The links of a small-world graph, as a walk reads them, and the walk.
//
// A walk goes down the layers, on each to the node nearest to the query, and then spreads over the lowest with a beam: the
// best nodes seen so far, sorted, of which the best one not yet looked from is looked from next, until none is left. It
// reads codes alone; which of the nodes it ends with are really nearest is for the caller to say from the exact rows.
//
// Why not FAISS's own walk: Debian's library is built for any x86-64, calls a virtual function a distance, fetches
// each row when it needs it, and keeps its candidates in a heap that is searched from end to end. Here the codes of all
// neighbours of a node are asked of the memory before the first is compared. And a walk can end early: of several segments
// each holds only a part of the answer.
#ifndef STAFFROOM_EMBEDDINGS_INDEX_GRAPH_LINKS_H_
#define STAFFROOM_EMBEDDINGS_INDEX_GRAPH_LINKS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "embeddings/index/row_block.h"
#include "embeddings/index/row_codes.h"

namespace faiss {
struct HNSW;
}

namespace staffroom::embeddings {

// Thread-safe: immutable.
class GraphLinks {
 public:
  // Copies the links of a graph that FAISS has built; node i is slot `slots[i]` of the rows that are walked over.
  GraphLinks(const faiss::HNSW& built, std::vector<uint32_t> slots);

  size_t nodes() const { return slots_.size(); }
  size_t bytes() const;

  // Asked before the walk looks on from the place number `place` (from 0) of its beam: true ends it.
  using IsEnough = absl::FunctionRef<bool(size_t place, float estimate)>;

  // At most `width` nodes, best first by estimate, ties by node. REQUIRES: width > 0, and the rows the graph was built over.
  std::vector<uint32_t> Walk(const RowBlock& rows, const IndexQuery& query, size_t width, IsEnough is_enough) const;

 private:
  class Walker;

  absl::Span<const uint32_t> Lowest(uint32_t node) const {
    return {lowest_.data() + size_t{node} * lowest_degree_, lowest_degree_};
  }
  // The links of a node on a layer above the lowest; empty where it has none.
  absl::Span<const uint32_t> Upper(uint32_t node, int layer) const;

  std::vector<uint32_t> slots_;
  size_t lowest_degree_ = 0;
  size_t upper_degree_ = 0;
  std::vector<uint32_t> lowest_;       // lowest_degree_ a node, unused places hold the node itself
  std::vector<uint32_t> upper_begin_;  // by node: its first layer's place in upper_, in units of upper_degree_
  std::vector<uint32_t> upper_;        // likewise, layer after layer
  uint32_t entry_ = 0;
  int top_layer_ = 0;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_GRAPH_LINKS_H_
