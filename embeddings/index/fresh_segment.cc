#include "embeddings/index/fresh_segment.h"

#include <utility>

#include "embeddings/index/scan_rows.h"

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

void FreshSegment::Search(const IndexQuery& query, const std::optional<OrdinalFilter>& filter,
                          TopNeighbors& top) const {
  ScanRows(rows_, query, [&](uint32_t slot) { return !filter.has_value() || (*filter)(rows_.ordinal(slot)); }, top);
}

std::shared_ptr<const RowBlock> FreshSegment::Freeze() && { return std::make_shared<const RowBlock>(std::move(rows_)); }

}  // namespace staffroom::embeddings
