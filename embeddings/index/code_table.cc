#include "embeddings/index/code_table.h"

#include <algorithm>

#include "embeddings/kernels/code_dot.h"
#include "embeddings/kernels/prefetch.h"

namespace staffroom::embeddings {

void CodeTable::Set(uint32_t ordinal, absl::Span<const float> row) {
  if (ordinal >= shapes_.size()) {
    if (row.empty()) return;
    shapes_.resize(ordinal + 1);
  }
  if (row.empty()) {
    shapes_[ordinal] = CodeShape();
    return;
  }
  const size_t page = ordinal / kPageRows;
  if (page >= pages_.size()) pages_.resize(page + 1);
  if (pages_[page] == nullptr) pages_[page] = hwy::AllocateAligned<int8_t>(kPageRows * dimensions_);
  shapes_[ordinal] = EncodeRow(row, Codes(ordinal));
}

void CodeTable::Compare(absl::Span<const float> query, absl::Span<const uint32_t> ordinals,
                        absl::Span<float> similarities) const {
  std::fill(similarities.begin(), similarities.end(), 0.0f);
  if (!query.empty()) Compare(CodedQuery(query, BestCodeDot()), ordinals, similarities);
}

void CodeTable::CompareTo(uint32_t row, absl::Span<const uint32_t> ordinals, absl::Span<float> similarities) const {
  std::fill(similarities.begin(), similarities.end(), 0.0f);
  if (Has(row)) Compare(CodedQuery(Codes(row), dimensions_, shapes_[row], BestCodeDot()), ordinals, similarities);
}

// Rows lie anywhere: what the next ones need is asked of the memory while this one is compared.
void CodeTable::Compare(const CodedQuery& query, absl::Span<const uint32_t> ordinals,
                        absl::Span<float> similarities) const {
  constexpr size_t kAhead = 6;
  for (size_t i = 0; i < ordinals.size() + kAhead; ++i) {
    if (i < ordinals.size() && Has(ordinals[i])) Prefetch(Codes(ordinals[i]), dimensions_);
    if (i < kAhead || !Has(ordinals[i - kAhead])) continue;
    const uint32_t ordinal = ordinals[i - kAhead];
    similarities[i - kAhead] = std::clamp(query.Estimate(Codes(ordinal), shapes_[ordinal]), -1.0f, 1.0f);
  }
}

size_t CodeTable::bytes() const {
  size_t bytes = shapes_.capacity() * sizeof(CodeShape) + pages_.capacity() * sizeof(pages_[0]);
  for (const hwy::AlignedFreeUniquePtr<int8_t[]>& page : pages_) bytes += page == nullptr ? 0 : kPageRows * dimensions_;
  return bytes;
}

}  // namespace staffroom::embeddings
