#include "embeddings/index/fresh_segment.h"

#include <utility>

namespace staffroom::embeddings {

uint32_t FreshSegment::Append(uint32_t ordinal, absl::Span<const float> values) {
  rows_.Append(ordinal, values);
  return static_cast<uint32_t>(rows_.size() - 1);
}

void FreshSegment::Overwrite(uint32_t slot, absl::Span<const float> values) {
  rows_.Overwrite(slot, rows_.ordinal(slot), values);
}

std::optional<uint32_t> FreshSegment::Remove(uint32_t slot) {
  const size_t last = rows_.size() - 1;
  std::optional<uint32_t> moved;
  if (slot != last) {
    moved = rows_.ordinal(last);
    rows_.Overwrite(slot, *moved, rows_.span(last));
  }
  rows_.DropLast();
  return moved;
}

void FreshSegment::Search(const float* query, DotFunction dot, const std::optional<OrdinalFilter>& filter,
                          TopNeighbors& top) const {
  for (size_t slot = 0; slot < rows_.size(); ++slot) {
    const uint32_t ordinal = rows_.ordinal(slot);
    if (filter.has_value() && !(*filter)(ordinal)) continue;
    top.Offer(ordinal, dot(query, rows_.row(slot), rows_.dimensions()));
  }
}

std::shared_ptr<const RowBlock> FreshSegment::Freeze() && { return std::make_shared<const RowBlock>(std::move(rows_)); }

}  // namespace staffroom::embeddings
