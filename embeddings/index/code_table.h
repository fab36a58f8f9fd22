#ifndef STAFFROOM_EMBEDDINGS_INDEX_CODE_TABLE_H_
#define STAFFROOM_EMBEDDINGS_INDEX_CODE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "embeddings/index/row_codes.h"
#include "hwy/aligned_allocator.h"

namespace staffroom::embeddings {

// A row of codes for an ordinal, or none: to compare a few hundred rows of known ordinals with one query, at a quarter of the
// memory of floats. Ordinals are dense; rows lie in pages, so that growing moves none. Thread-compatible.
class CodeTable {
 public:
  explicit CodeTable(size_t dimensions) : dimensions_(dimensions) {}

  // `row` has all dimensions and finite values, or is empty: then there is none afterwards.
  void Set(uint32_t ordinal, absl::Span<const float> row);

  // How similar each of `ordinals` is to `query`: products within about .01 of the exact ones (of unit vectors), clamped to
  // [-1, 1]. They come from integers, so they are the same on every machine, and equal rows get equal numbers. 0 where there
  // is no row, and for an empty query. REQUIRES: both spans of one length; a query of all dimensions, or empty.
  void Compare(absl::Span<const float> query, absl::Span<const uint32_t> ordinals,
               absl::Span<float> similarities) const;
  // The same with the row of an ordinal as the query.
  void CompareTo(uint32_t row, absl::Span<const uint32_t> ordinals, absl::Span<float> similarities) const;

  size_t bytes() const;

 private:
  static constexpr size_t kPageRows = 1024;

  void Compare(const CodedQuery& query, absl::Span<const uint32_t> ordinals, absl::Span<float> similarities) const;
  bool Has(uint32_t ordinal) const { return ordinal < shapes_.size() && shapes_[ordinal].scale > 0; }
  int8_t* Codes(uint32_t ordinal) const {
    return pages_[ordinal / kPageRows].get() + ordinal % kPageRows * dimensions_;
  }

  const size_t dimensions_;
  std::vector<CodeShape> shapes_;  // scale 0: no row
  std::vector<hwy::AlignedFreeUniquePtr<int8_t[]>> pages_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_CODE_TABLE_H_
