#include "embeddings/index/vector_index.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "embeddings/index/top_neighbors.h"

namespace staffroom::embeddings {
namespace {

template <typename Number>
absl::Status CheckRange(absl::string_view option, Number value, Number least, Number most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("vector index: ", option, " is ", value, ", not in ", least, "–", most));
}

absl::Status CheckOptions(const VectorIndexOptions& options) {
  constexpr size_t kMost = size_t{1} << 30;
  for (const absl::Status& status : {
           CheckRange<size_t>("dimensions", options.dimensions, 1, 4096),
           CheckRange<size_t>("seal_at", options.seal_at, 2, kMost),
           CheckRange<size_t>("merge.max_segments", options.merge.max_segments, 1, 1000),
           CheckRange<double>("merge.max_dead_share", options.merge.max_dead_share, 0.001, 1),
           CheckRange<int>("graph.degree", options.graph.degree, 4, 64),
           CheckRange<int>("graph.build_beam", options.graph.build_beam, 8, 1000),
           CheckRange<size_t>("walk.beam", options.walk.beam, 1, 10000),
           CheckRange<double>("walk.place_cost", options.walk.place_cost, 0, 1e6),
       }) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<VectorIndex>> VectorIndex::Create(const VectorIndexOptions& options) {
  if (absl::Status status = CheckOptions(options); !status.ok()) return status;
  return std::unique_ptr<VectorIndex>(new VectorIndex(options));
}

VectorIndex::VectorIndex(const VectorIndexOptions& options)
    : options_(options), dot_(BestDot()), code_dot_(BestCodeDot()), fresh_(last_segment_, options.dimensions) {}

bool VectorIndex::IsIndexable(absl::Span<const float> vector) const {
  if (vector.size() != options_.dimensions) return false;
  const float square = dot_(vector.data(), vector.data(), vector.size());
  return square > 0 && std::isfinite(square);
}

void VectorIndex::Upsert(uint32_t ordinal, absl::Span<const float> unit_vector) {
  if (!IsIndexable(unit_vector)) return Remove(ordinal);
  const Location location = locations_.Find(ordinal);
  if (location.segment == fresh_.id()) return fresh_.Overwrite(location.slot, unit_vector);
  if (location.segment == 0) {
    ++size_;
  } else {
    Sealed(location.segment).Bury(location.slot);
  }
  const uint32_t slot = fresh_.Append(ordinal, unit_vector);
  locations_.Set(ordinal, {.segment = fresh_.id(), .slot = slot});
}

void VectorIndex::Remove(uint32_t ordinal) {
  const Location location = locations_.Find(ordinal);
  if (location.segment == 0) return;
  Detach(location);
  locations_.Erase(ordinal);
  --size_;
}

void VectorIndex::Detach(Location location) {
  if (location.segment != fresh_.id()) return Sealed(location.segment).Bury(location.slot);
  if (const std::optional<uint32_t> moved = fresh_.Remove(location.slot); moved.has_value()) {
    locations_.Set(*moved, location);
  }
}

std::vector<Neighbor> VectorIndex::Search(absl::Span<const float> query, const SearchOptions& options) const {
  if (options.count <= 0 || size_ == 0 || !IsIndexable(query)) return {};
  TopNeighbors top(std::min(static_cast<size_t>(options.count), size_));
  const IndexQuery index_query(query, dot_, code_dot_);
  fresh_.Search(index_query, options.filter, top);
  for (const SealedSegment& segment : sealed_) {
    segment.Search(index_query, options.filter, options_.walk, top);
  }
  return std::move(top).TakeBestFirst();
}

absl::Span<const float> VectorIndex::Find(uint32_t ordinal) const {
  const Location location = locations_.Find(ordinal);
  if (location.segment == 0) return {};
  const RowBlock& rows = location.segment == fresh_.id() ? fresh_.rows() : *Sealed(location.segment).rows();
  return rows.span(location.slot);
}

size_t VectorIndex::bytes() const {
  size_t bytes = fresh_.bytes() + locations_.bytes();
  for (const SealedSegment& segment : sealed_) bytes += segment.bytes();
  return bytes;
}

VectorIndexStats VectorIndex::stats() const {
  VectorIndexStats stats{.fresh_rows = fresh_.size(), .sealed_segments = sealed_.size()};
  for (const SealedSegment& segment : sealed_) {
    stats.graphs += segment.has_graph() ? 1 : 0;
    stats.dead_rows += segment.tombstones().dead();
  }
  return stats;
}

// There are a dozen at most.
const SealedSegment& VectorIndex::Sealed(uint32_t segment) const {
  const auto found =
      std::find_if(sealed_.begin(), sealed_.end(), [segment](const SealedSegment& s) { return s.id() == segment; });
  assert(found != sealed_.end());
  return *found;
}

SealedSegment& VectorIndex::Sealed(uint32_t segment) {
  return const_cast<SealedSegment&>(std::as_const(*this).Sealed(segment));
}

}  // namespace staffroom::embeddings
