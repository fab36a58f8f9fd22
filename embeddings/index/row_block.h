// Rows of floats, each with its codes and the ordinal it belongs to. Slot i is row i.
//
// Rows lie in chunks, so that growing never moves them: a vector of a hundred thousand rows would copy 100 MB while the
// writer holds the lock. Once a block is shared it is const: segments, builds and graphs read it without a lock.
#ifndef STAFFROOM_EMBEDDINGS_INDEX_ROW_BLOCK_H_
#define STAFFROOM_EMBEDDINGS_INDEX_ROW_BLOCK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "embeddings/index/row_codes.h"
#include "embeddings/kernels/prefetch.h"
#include "hwy/aligned_allocator.h"

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
  const int8_t* codes(size_t slot) const {
    return code_chunks_[slot / kChunkRows].get() + slot % kChunkRows * dimensions_;
  }
  const CodeShape& shape(size_t slot) const { return shapes_[slot]; }
  // Ask the memory for what an estimate reads, or an exact product.
  void PrefetchCodes(size_t slot) const {
    Prefetch(codes(slot), dimensions_);
    Prefetch(&shapes_[slot], sizeof(CodeShape));
  }
  void PrefetchRow(size_t slot) const { Prefetch(row(slot), dimensions_ * sizeof(float)); }
  size_t bytes() const {
    return ordinals_.capacity() * sizeof(uint32_t) + shapes_.capacity() * sizeof(CodeShape) +
           chunks_.size() * kChunkRows * dimensions_ * (sizeof(float) + sizeof(int8_t));
  }

  // The new row's slot is size() as it was before. REQUIRES: `values` has dimensions() values, all finite.
  void Append(uint32_t ordinal, absl::Span<const float> values) {
    const size_t slot = size();
    if (slot / kChunkRows == chunks_.size()) {
      chunks_.push_back(hwy::AllocateAligned<float>(kChunkRows * dimensions_));
      code_chunks_.push_back(hwy::AllocateAligned<int8_t>(kChunkRows * dimensions_));
    }
    ordinals_.push_back(ordinal);
    shapes_.emplace_back();
    Overwrite(slot, ordinal, values);
  }

  void Overwrite(size_t slot, uint32_t ordinal, absl::Span<const float> values) {
    ordinals_[slot] = ordinal;
    const size_t place = slot % kChunkRows * dimensions_;
    std::copy(values.begin(), values.end(), chunks_[slot / kChunkRows].get() + place);
    shapes_[slot] = EncodeRow(values, code_chunks_[slot / kChunkRows].get() + place);
  }

  void DropLast() {
    ordinals_.pop_back();
    shapes_.pop_back();
  }

 private:
  static constexpr size_t kChunkRows = 1024;

  size_t dimensions_;
  std::vector<uint32_t> ordinals_;
  std::vector<CodeShape> shapes_;
  std::vector<hwy::AlignedFreeUniquePtr<float[]>> chunks_;
  std::vector<hwy::AlignedFreeUniquePtr<int8_t[]>> code_chunks_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_ROW_BLOCK_H_
