// The newest rows, changed in place and always scanned exactly. A removed row's place is taken by the last, so there
// are no tombstones here.
#ifndef STAFFROOM_EMBEDDINGS_INDEX_FRESH_SEGMENT_H_
#define STAFFROOM_EMBEDDINGS_INDEX_FRESH_SEGMENT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/types/span.h"
#include "embeddings/index/neighbor.h"
#include "embeddings/index/row_block.h"
#include "embeddings/index/row_codes.h"
#include "embeddings/index/top_neighbors.h"

namespace staffroom::embeddings {

// Thread-compatible.
class FreshSegment {
 public:
  // `id` names the segment in Locations, also after Freeze.
  FreshSegment(uint32_t id, size_t dimensions) : id_(id), rows_(dimensions) {}

  uint32_t id() const { return id_; }
  size_t size() const { return rows_.size(); }
  size_t bytes() const { return rows_.bytes(); }
  const RowBlock& rows() const { return rows_; }

  // Returns the new row's slot.
  uint32_t Append(uint32_t ordinal, absl::Span<const float> values);
  void Overwrite(uint32_t slot, absl::Span<const float> values);
  // Returns the ordinal that moved into `slot`, if any did.
  std::optional<uint32_t> Remove(uint32_t slot);

  void Search(const IndexQuery& query, const std::optional<OrdinalFilter>& filter, TopNeighbors& top) const;

  // The rows, never to change again.
  std::shared_ptr<const RowBlock> Freeze() &&;

 private:
  uint32_t id_;
  RowBlock rows_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_FRESH_SEGMENT_H_
