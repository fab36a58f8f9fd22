#include "embeddings/index/segment_build.h"

#include "embeddings/index/library_errors.h"

namespace staffroom::embeddings {

FinishedBuild::FinishedBuild() = default;
FinishedBuild::~FinishedBuild() = default;
SegmentBuild::SegmentBuild() = default;
SegmentBuild::~SegmentBuild() = default;

absl::StatusOr<std::unique_ptr<FinishedBuild>> SegmentBuild::Run(ShouldStop should_stop) && {
  return CatchingLibraryErrors([this, should_stop]() -> absl::StatusOr<std::unique_ptr<FinishedBuild>> {
    std::unique_ptr<FinishedBuild> finished(new FinishedBuild);
    finished->token_ = std::move(token_);
    if (merge_) {
      if (!Gather(*finished, should_stop)) return absl::CancelledError("vector index: the build was told to stop");
    } else {
      finished->rows_ = inputs_.front().rows;
      finished->segment_ = inputs_.front().segment;
    }
    if (finished->rows_->size() >= least_graph_rows_) {
      absl::StatusOr<std::shared_ptr<const HnswGraph>> graph =
          HnswGraph::Build(finished->rows_, graph_options_, should_stop);
      if (!graph.ok()) return graph.status();
      finished->graph_ = *std::move(graph);
    }
    return finished;
  });
}

// Copies the rows that were live when the build was started; false when it was told to stop.
bool SegmentBuild::Gather(FinishedBuild& finished, ShouldStop should_stop) const {
  auto rows = std::make_shared<RowBlock>(inputs_.front().rows->dimensions());
  for (const Input& input : inputs_) {
    finished.replaced_.push_back(input.segment);
    for (uint32_t slot = 0; slot < input.rows->size(); ++slot) {
      if (input.tombstones.IsDead(slot)) continue;
      if (should_stop()) return false;
      rows->Append(input.rows->ordinal(slot), input.rows->span(slot));
      finished.sources_.push_back({.segment = input.segment, .slot = slot});
    }
  }
  finished.rows_ = std::move(rows);
  return true;
}

}  // namespace staffroom::embeddings
