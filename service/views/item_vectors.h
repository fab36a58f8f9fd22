#ifndef STAFFROOM_SERVICE_VIEWS_ITEM_VECTORS_H_
#define STAFFROOM_SERVICE_VIEWS_ITEM_VECTORS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "embeddings/index/vector_index.h"

namespace staffroom {

// The vectors of all posts, or of all resources. Those of quiet authors lie beside the index: inside they would be links of
// its graphs, rows of its samples and places in its beams, and so move what others find; but the profile of their own author is
// made of them. Not thread-safe; const calls may run together.
class ItemVectors {
 public:
  static absl::StatusOr<std::unique_ptr<ItemVectors>> Create(const embeddings::VectorIndexOptions& options);

  // The unit vector of an item, empty when it has none; `hushed`: it belongs beside the index. False when all this was
  // so already.
  bool Put(uint32_t ordinal, absl::Span<const float> vector, bool hushed);
  // Moves what is there to where it belongs. False when it has nothing to move.
  bool SetHushed(uint32_t ordinal, bool hushed);

  absl::Span<const float> Of(uint32_t ordinal) const {
    const absl::Span<const float> row = index_->Find(ordinal);
    return row.empty() && !hushed_.empty() ? HushedOf(ordinal) : row;
  }

  embeddings::VectorIndex& index() { return *index_; }
  const embeddings::VectorIndex& index() const { return *index_; }
  size_t bytes() const;

 private:
  ItemVectors(std::unique_ptr<embeddings::VectorIndex> index, size_t dimensions)
      : index_(std::move(index)), dimensions_(dimensions) {}
  absl::Span<const float> HushedOf(uint32_t ordinal) const;

  const std::unique_ptr<embeddings::VectorIndex> index_;
  const size_t dimensions_;
  absl::flat_hash_map<uint32_t, std::unique_ptr<float[]>> hushed_;  // few
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_ITEM_VECTORS_H_
