// The part of VectorIndex that starts builds and installs them.
#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

#include "embeddings/index/vector_index.h"

namespace staffroom::embeddings {

std::unique_ptr<SegmentBuild> VectorIndex::MaybeStartBuild() {
  if (options_.exact_only || !running_.expired()) return nullptr;
  if (const std::vector<size_t> dying = ChooseDying(Shapes(), options_.merge); !dying.empty()) return NewMerge(dying);

  // A block is large enough for a graph and has none when it was just sealed, or when its build was dropped.
  const auto lacks_graph = [this](const SealedSegment& segment) {
    return !segment.has_graph() && segment.rows()->size() >= options_.seal_at && segment.live() > 0;
  };
  auto unbuilt = std::find_if(sealed_.begin(), sealed_.end(), lacks_graph);
  if (unbuilt == sealed_.end() && fresh_.size() >= options_.seal_at) {
    SealFresh();
    unbuilt = sealed_.end() - 1;
  }
  if (unbuilt != sealed_.end()) {
    std::unique_ptr<SegmentBuild> build = NewBuild();
    AddInput(*build, *unbuilt);
    return build;
  }
  const std::vector<size_t> too_many = ChooseTooMany(Shapes(), options_.merge);
  return too_many.empty() ? nullptr : NewMerge(too_many);
}

std::vector<SegmentShape> VectorIndex::Shapes() const {
  std::vector<SegmentShape> shapes;
  shapes.reserve(sealed_.size());
  for (const SealedSegment& segment : sealed_) {
    shapes.push_back({.rows = segment.rows()->size(), .dead = segment.tombstones().dead()});
  }
  return shapes;
}

std::unique_ptr<SegmentBuild> VectorIndex::NewMerge(absl::Span<const size_t> positions) {
  std::unique_ptr<SegmentBuild> build = NewBuild();
  build->merge_ = true;
  for (size_t position : positions) AddInput(*build, sealed_[position]);
  return build;
}

std::unique_ptr<SegmentBuild> VectorIndex::NewBuild() {
  std::unique_ptr<SegmentBuild> build(new SegmentBuild);
  build->token_ = std::make_shared<const BuildToken>();
  running_ = build->token_;
  build->graph_options_ = options_.graph;
  build->least_graph_rows_ = options_.seal_at;
  return build;
}

void VectorIndex::AddInput(SegmentBuild& build, const SealedSegment& segment) const {
  build.inputs_.push_back({.segment = segment.id(), .rows = segment.rows(), .tombstones = segment.tombstones()});
}

// The rows keep segment id and slot, so no location changes.
void VectorIndex::SealFresh() {
  const uint32_t id = fresh_.id();
  sealed_.emplace_back(id, std::move(fresh_).Freeze());
  fresh_ = FreshSegment(++last_segment_, options_.dimensions);
}

bool VectorIndex::Install(FinishedBuild& finished, size_t max_rows) {
  assert(running_.lock() == finished.token_);
  if (finished.replaced_.empty()) {
    Sealed(finished.segment_).SetGraph(finished.graph_);
    finished.token_.reset();
    return true;
  }
  if (finished.segment_ == 0) BeginMerge(finished);
  const size_t end = std::min(finished.rows_->size(), finished.installed_ + max_rows);
  for (; finished.installed_ < end; ++finished.installed_) {
    const auto slot = static_cast<uint32_t>(finished.installed_);
    const uint32_t ordinal = finished.rows_->ordinal(slot);
    const Location source = finished.sources_[slot];
    if (locations_.Find(ordinal) != source) continue;  // removed or superseded since
    Sealed(source.segment).Bury(source.slot);
    Sealed(finished.segment_).Revive(slot);
    locations_.Set(ordinal, {.segment = finished.segment_, .slot = slot});
  }
  if (finished.installed_ < finished.rows_->size()) return false;
  EndMerge(finished);
  return true;
}

// The merged segment enters with every row dead; Install revives each as it buries its source.
void VectorIndex::BeginMerge(FinishedBuild& finished) {
  finished.segment_ = ++last_segment_;
  sealed_.emplace_back(finished.segment_, finished.rows_, finished.graph_);
}

void VectorIndex::EndMerge(FinishedBuild& finished) {
  for (uint32_t segment : finished.replaced_) {
    assert(Sealed(segment).live() == 0);
    finished.retired_.push_back(std::move(Sealed(segment)));
  }
  const auto is_over = [](const SealedSegment& segment) {
    return segment.rows() == nullptr || segment.rows()->size() == 0;
  };
  sealed_.erase(std::remove_if(sealed_.begin(), sealed_.end(), is_over), sealed_.end());
  finished.token_.reset();
}

}  // namespace staffroom::embeddings
