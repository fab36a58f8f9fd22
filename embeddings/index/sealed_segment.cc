#include "embeddings/index/sealed_segment.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace staffroom::embeddings {
namespace {

// Costs in units of one dot product with a row that lies next to the one before.
constexpr double kFilterCost = 0.2;         // of asking tombstones and filter about one slot
constexpr double kWalkCostOfBeamSlot = 50;  // measured at 256 dimensions: 36–66, 4,000 to 100,000 rows

constexpr size_t kSampledSlots = 256;
// Rows that pass are not spread like the sample: a walk looks for this many times more than it needs.
constexpr double kOverFetch = 2.0;

}  // namespace

SealedSegment::SealedSegment(uint32_t id, std::shared_ptr<const RowBlock> rows)
    : id_(id), rows_(std::move(rows)), tombstones_(rows_->size()) {}

SealedSegment::SealedSegment(uint32_t id, std::shared_ptr<const RowBlock> rows, std::shared_ptr<const HnswGraph> graph)
    : id_(id), rows_(std::move(rows)), graph_(std::move(graph)), tombstones_(rows_->size(), /*all_dead=*/true) {}

size_t SealedSegment::bytes() const {
  return rows_->bytes() + tombstones_.bytes() + (has_graph() ? graph_->bytes() : 0);
}

void SealedSegment::Search(const float* query, DotFunction dot, const std::optional<OrdinalFilter>& filter,
                           size_t least_beam, TopNeighbors& top) const {
  if (live() == 0) return;
  if (has_graph()) {
    const double share = EstimatePassingShare(filter);
    const auto rows = static_cast<double>(rows_->size());
    const double wanted = static_cast<double>(std::min(top.count(), rows_->size()));
    const double beam = std::max(static_cast<double>(least_beam), share > 0 ? kOverFetch * wanted / share : rows);
    const double scan_cost = rows * (kFilterCost + share);
    if (beam * kWalkCostOfBeamSlot < scan_cost && Walk(query, dot, filter, static_cast<size_t>(beam), top)) {
      return;
    }
  }
  Scan(query, dot, filter, top);
}

bool SealedSegment::Passes(size_t slot, const std::optional<OrdinalFilter>& filter) const {
  if (tombstones_.IsDead(slot)) return false;
  return !filter.has_value() || (*filter)(rows_->ordinal(slot));
}

double SealedSegment::EstimatePassingShare(const std::optional<OrdinalFilter>& filter) const {
  if (!filter.has_value()) return static_cast<double>(live()) / static_cast<double>(rows_->size());
  const size_t samples = std::min(kSampledSlots, rows_->size());
  size_t passing = 0;
  for (size_t i = 0; i < samples; ++i) {
    if (Passes(i * rows_->size() / samples, filter)) ++passing;
  }
  return static_cast<double>(passing) / static_cast<double>(samples);
}

void SealedSegment::Scan(const float* query, DotFunction dot, const std::optional<OrdinalFilter>& filter,
                         TopNeighbors& top) const {
  for (size_t slot = 0; slot < rows_->size(); ++slot) {
    if (!Passes(slot, filter)) continue;
    top.Offer(rows_->ordinal(slot), dot(query, rows_->row(slot), rows_->dimensions()));
  }
}

bool SealedSegment::Walk(const float* query, DotFunction dot, const std::optional<OrdinalFilter>& filter, size_t beam,
                         TopNeighbors& top) const {
  absl::StatusOr<std::vector<uint32_t>> slots = graph_->Walk(query, beam);
  if (!slots.ok()) return false;  // out of memory: a scan needs none
  slots->erase(std::remove_if(slots->begin(), slots->end(), [&](uint32_t slot) { return !Passes(slot, filter); }),
               slots->end());
  if (slots->size() < std::min(top.count(), live())) return false;
  for (uint32_t slot : *slots) {
    top.Offer(rows_->ordinal(slot), dot(query, rows_->row(slot), rows_->dimensions()));
  }
  return true;
}

}  // namespace staffroom::embeddings
