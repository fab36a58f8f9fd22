// Rows of floats, each with the ordinal it belongs to. Slot i is row i.
//
// Rows lie in chunks, so that growing never moves them: a vector of a hundred thousand rows would copy 100 MB while the
// writer holds the lock. Once a block is shared it is const: segments, builds and graphs read it without a lock.
#ifndef STAFFROOM_EMBEDDINGS_INDEX_ROW_BLOCK_H_
#define STAFFROOM_EMBEDDINGS_INDEX_ROW_BLOCK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/types/span.h"

namespace staffroom::embeddings {

// Thread-compatible. Moved from, it may only be destroyed or assigned to.
class RowBlock {
 public:
  explicit RowBlock(size_t dimensions) : dimensions_(dimensions) {}

  size_t dimensions() const { return dimensions_; }
  size_t size() const { return ordinals_.size(); }
  uint32_t ordinal(size_t slot) const { return ordinals_[slot]; }
  const float* row(size_t slot) const { return chunks_[slot / kChunkRows].get() + slot % kChunkRows * dimensions_; }
  absl::Span<const float> span(size_t slot) const { return {row(slot), dimensions_}; }
  size_t bytes() const {
    return ordinals_.capacity() * sizeof(uint32_t) + chunks_.size() * kChunkRows * dimensions_ * sizeof(float);
  }

  // The new row's slot is size() as it was before.
  void Append(uint32_t ordinal, absl::Span<const float> values) {
    const size_t slot = size();
    if (slot / kChunkRows == chunks_.size()) {
      chunks_.push_back(std::make_unique_for_overwrite<float[]>(kChunkRows * dimensions_));
    }
    ordinals_.push_back(ordinal);
    Overwrite(slot, ordinal, values);
  }

  void Overwrite(size_t slot, uint32_t ordinal, absl::Span<const float> values) {
    ordinals_[slot] = ordinal;
    std::copy(values.begin(), values.end(), chunks_[slot / kChunkRows].get() + slot % kChunkRows * dimensions_);
  }

  void DropLast() { ordinals_.pop_back(); }

 private:
  static constexpr size_t kChunkRows = 1024;

  size_t dimensions_;
  std::vector<uint32_t> ordinals_;
  std::vector<std::unique_ptr<float[]>> chunks_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_ROW_BLOCK_H_
