// Work on segments that is too slow for a lock, in its three stages, each with a type of its own:
//
//   SegmentBuild   what is to be done: rows that do not change, and which of them were live. Made under the lock
//   FinishedBuild  what came of it. Only SegmentBuild::Run makes one, without any lock
//   (installed)    VectorIndex::Install moves it in, under the lock, in slices; what it replaced stays in the
//                  FinishedBuild, to be destroyed after unlocking
//
// Both types may be dropped at any stage: the index stays whole, and may start another build.
#ifndef STAFFROOM_EMBEDDINGS_INDEX_SEGMENT_BUILD_H_
#define STAFFROOM_EMBEDDINGS_INDEX_SEGMENT_BUILD_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "embeddings/index/hnsw_graph.h"
#include "embeddings/index/location_table.h"
#include "embeddings/index/row_block.h"
#include "embeddings/index/sealed_segment.h"
#include "embeddings/index/tombstones.h"

namespace staffroom::embeddings {

// Lives as long as a build does: the index starts no second one meanwhile.
struct BuildToken {};

class FinishedBuild {
 public:
  ~FinishedBuild();
  FinishedBuild(const FinishedBuild&) = delete;
  FinishedBuild& operator=(const FinishedBuild&) = delete;

 private:
  friend class SegmentBuild;
  friend class VectorIndex;
  FinishedBuild();

  std::shared_ptr<const BuildToken> token_;
  std::shared_ptr<const RowBlock> rows_;
  std::shared_ptr<const HnswGraph> graph_;  // null when the rows are too few for one
  // A merge: where row i came from, and the segments it replaces. A seal: empty, its rows keep segment and slot.
  std::vector<Location> sources_;
  std::vector<uint32_t> replaced_;
  uint32_t segment_ = 0;  // the segment sealed; of a merge, the new one once Install has begun
  size_t installed_ = 0;  // rows of a merge that Install has moved
  std::vector<SealedSegment> retired_;
};

class SegmentBuild {
 public:
  ~SegmentBuild();
  SegmentBuild(const SegmentBuild&) = delete;
  SegmentBuild& operator=(const SegmentBuild&) = delete;

  // Slow, takes no lock, touches nothing but its own copies; call once, on any thread, while the index goes on being
  // read and changed, or after it is gone. `should_stop` is asked before each row that is copied or linked.
  // RESOURCE_EXHAUSTED when memory runs out, CANCELLED when it was told to stop.
  absl::StatusOr<std::unique_ptr<FinishedBuild>> Run(ShouldStop should_stop = NeverStop) &&;

 private:
  friend class VectorIndex;

  struct Input {
    uint32_t segment;
    std::shared_ptr<const RowBlock> rows;
    Tombstones tombstones;
  };

  SegmentBuild();
  bool Gather(FinishedBuild& finished, ShouldStop should_stop) const;

  std::shared_ptr<const BuildToken> token_;
  bool merge_ = false;
  std::vector<Input> inputs_;
  GraphOptions graph_options_;
  size_t least_graph_rows_ = 0;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_SEGMENT_BUILD_H_
