// Vector → nearest vectors, under constant change: a log-structured merge of exact and approximate segments.
//
// A graph answers fast but cannot forget a row, and adding to it while it is searched crashes. So rows are never
// changed inside one:
//
//   fresh segment    the newest rows, in place, scanned exactly
//   sealed segments  immutable blocks of rows with tombstones; a graph is built over each in the background, until
//                    then it is scanned
//   merges           rewrite segments that are too many, or hold too many dead rows
//
// Invariants:
//   1. every ordinal has at most one live row; the location table says where. So an answer holds no ordinal twice,
//      none that was removed, and no old version, whatever is being built
//   2. a block of rows never changes once it is sealed, so builds read it without a lock
//   3. every similarity in an answer is the kernel's dot product of query and row: it depends on these two alone
//   4. an answer has min(count, rows that pass) neighbors; graphs may miss near ones, never leave a slot empty
//
// Building is in the owner's hands, because the owner has the lock (tests/embeddings/index/vector_index_threads_test.cc
// runs this against searching threads):
//
//   { writer lock; build = index.MaybeStartBuild(); }         null: nothing to do, or one is running
//   finished = std::move(*build).Run();                       on a background thread, no lock
//   do { writer lock; done = index.Install(**finished, 1000); } while (!done);
//   finished = …;                                             destroyed after the last unlock
#ifndef STAFFROOM_EMBEDDINGS_INDEX_VECTOR_INDEX_H_
#define STAFFROOM_EMBEDDINGS_INDEX_VECTOR_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "embeddings/index/fresh_segment.h"
#include "embeddings/index/hnsw_graph.h"
#include "embeddings/index/location_table.h"
#include "embeddings/index/merge_policy.h"
#include "embeddings/index/neighbor.h"
#include "embeddings/index/sealed_segment.h"
#include "embeddings/index/segment_build.h"
#include "embeddings/kernels/code_dot.h"
#include "embeddings/kernels/dot.h"

namespace staffroom::embeddings {

struct VectorIndexOptions {
  size_t dimensions = 256;  // 1–4096
  bool exact_only = false;  // never seal: every answer exact, for replays and two-world tests
  // Rows of the fresh segment that start a build; ≥ 2. Below some 12,000 rows a scan is as fast as a walk.
  size_t seal_at = 8192;
  MergeLimits merge = {.small_rows = 32768};  // max_segments ≥ 1, max_dead_share in (0, 1]
  GraphOptions graph = {};
  WalkOptions walk = {};
};

struct SearchOptions {
  int count = 10;                                      // neighbors wanted; none when ≤ 0
  std::optional<OrdinalFilter> filter = std::nullopt;  // every ordinal passes when absent
};

struct VectorIndexStats {
  size_t fresh_rows = 0;
  size_t sealed_segments = 0;
  size_t graphs = 0;     // sealed segments that have one
  size_t dead_rows = 0;  // in sealed segments
};

// Thread-compatible: const calls may run at the same time, all others need exclusion. Only Create can fail.
class VectorIndex {
 public:
  // INVALID_ARGUMENT names an option out of its range.
  static absl::StatusOr<std::unique_ptr<VectorIndex>> Create(const VectorIndexOptions& options);

  // The newest version wins. A vector that is all zeros (a text without a token), not finite or of another length is
  // not indexed: the ordinal is then as if removed.
  void Upsert(uint32_t ordinal, absl::Span<const float> unit_vector);
  void Remove(uint32_t ordinal);

  // Best first, of equals the smaller ordinal. Nothing for a query that Upsert would not index.
  std::vector<Neighbor> Search(absl::Span<const float> query, const SearchOptions& options) const;

  // The row as it was given, or empty. Valid until the next call that is not const.
  absl::Span<const float> Find(uint32_t ordinal) const;

  size_t size() const { return size_; }  // ordinals
  size_t bytes() const;                  // of rows, links and tables
  VectorIndexStats stats() const;

  // What should be built next; null when nothing should, or while another build exists. Takes microseconds,
  // plus a bit per row that is to be merged.
  std::unique_ptr<SegmentBuild> MaybeStartBuild();

  // Moves at most `max_rows` rows in (1,000 take about 50 µs); true when the build is in completely. Until then
  // call again, unlocking between. What was removed or superseded since the build was started stays so.
  // `finished` must come from this index.
  bool Install(FinishedBuild& finished, size_t max_rows);

 private:
  explicit VectorIndex(const VectorIndexOptions& options);

  bool IsIndexable(absl::Span<const float> vector) const;
  SealedSegment& Sealed(uint32_t segment);
  const SealedSegment& Sealed(uint32_t segment) const;
  void Detach(Location location);
  std::vector<SegmentShape> Shapes() const;
  std::unique_ptr<SegmentBuild> NewBuild();
  std::unique_ptr<SegmentBuild> NewMerge(absl::Span<const size_t> positions);
  void AddInput(SegmentBuild& build, const SealedSegment& segment) const;
  void SealFresh();
  void BeginMerge(FinishedBuild& finished);
  void EndMerge(FinishedBuild& finished);

  const VectorIndexOptions options_;
  const DotFunction dot_;
  const CodeDotFunction code_dot_;
  uint32_t last_segment_ = 1;  // id given last; 0 is nowhere
  FreshSegment fresh_;
  std::vector<SealedSegment> sealed_;
  LocationTable locations_;
  size_t size_ = 0;
  std::weak_ptr<const BuildToken> running_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_VECTOR_INDEX_H_
