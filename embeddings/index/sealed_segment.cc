#include "embeddings/index/sealed_segment.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "embeddings/index/scan_rows.h"

namespace staffroom::embeddings {
namespace {

constexpr size_t kSampledSlots = 256;

// Estimates are not the exact products, and rows that pass are not spread like the sample: so much more is looked at than
// is wanted, where all rows pass and where nearly none do.
constexpr double kOverFetchOfAll = 1.25;
constexpr double kOverFetchOfFew = 2.0;

}  // namespace

SealedSegment::SealedSegment(uint32_t id, std::shared_ptr<const RowBlock> rows)
    : id_(id), rows_(std::move(rows)), tombstones_(rows_->size()) {}

SealedSegment::SealedSegment(uint32_t id, std::shared_ptr<const RowBlock> rows, std::shared_ptr<const HnswGraph> graph)
    : id_(id), rows_(std::move(rows)), graph_(std::move(graph)), tombstones_(rows_->size(), /*all_dead=*/true) {}

size_t SealedSegment::bytes() const {
  return rows_->bytes() + tombstones_.bytes() + (has_graph() ? graph_->bytes() : 0);
}

void SealedSegment::Search(const IndexQuery& query, const std::optional<OrdinalFilter>& filter,
                           const WalkOptions& options, TopNeighbors& top) const {
  if (live() == 0) return;
  if (has_graph()) {
    const WalkPlan plan = PlanWalk(filter, options.beam, top.count());
    const bool is_cheaper = static_cast<double>(plan.beam) * options.place_cost < static_cast<double>(rows_->size());
    if (is_cheaper && Walk(query, filter, plan, top)) return;
  }
  Scan(query, filter, top);
}

SealedSegment::WalkPlan SealedSegment::PlanWalk(const std::optional<OrdinalFilter>& filter, size_t least_beam,
                                                size_t count) const {
  WalkPlan plan;
  plan.least = least_beam;
  plan.share = EstimatePassingShare(filter);
  const double wanted = static_cast<double>(std::min(count, rows_->size()));
  plan.enough = wanted * (kOverFetchOfFew + plan.share * (kOverFetchOfAll - kOverFetchOfFew));
  plan.beam = plan.share > 0 ? static_cast<size_t>(plan.enough / plan.share) : rows_->size();
  plan.beam = std::max(plan.beam, least_beam);
  return plan;
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

void SealedSegment::Scan(const IndexQuery& query, const std::optional<OrdinalFilter>& filter, TopNeighbors& top) const {
  ScanRows(*rows_, query, [&](uint32_t slot) { return Passes(slot, filter); }, top);
}

bool SealedSegment::Walk(const IndexQuery& query, const std::optional<OrdinalFilter>& filter, const WalkPlan& plan,
                         TopNeighbors& top) const {
  const std::vector<float> found_before = top.Similarities();
  bool was_enough = false;
  const auto is_enough = [&](size_t place, float estimate) {
    const auto better = std::lower_bound(found_before.begin(), found_before.end(), estimate, std::greater<>());
    was_enough =
        place >= plan.least &&
        static_cast<double>(place) * plan.share + static_cast<double>(better - found_before.begin()) >= plan.enough;
    return was_enough;
  };
  absl::StatusOr<std::vector<uint32_t>> slots = graph_->Walk(query, plan.beam, is_enough);
  if (!slots.ok()) return false;  // out of memory: a scan needs none
  slots->erase(std::remove_if(slots->begin(), slots->end(), [&](uint32_t slot) { return !Passes(slot, filter); }),
               slots->end());
  const size_t missing = top.count() - (was_enough ? found_before.size() : 0);
  if (slots->size() < std::min(missing, live())) return false;
  constexpr size_t kAhead = 2;
  for (size_t i = 0; i < slots->size(); ++i) {
    if (i + kAhead < slots->size()) rows_->PrefetchRow((*slots)[i + kAhead]);
    top.Offer(rows_->ordinal((*slots)[i]), query.Exact(rows_->row((*slots)[i])));
  }
  return true;
}

}  // namespace staffroom::embeddings
