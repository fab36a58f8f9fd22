#include "service/views/item_vectors.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace staffroom {

absl::StatusOr<std::unique_ptr<ItemVectors>> ItemVectors::Create(const embeddings::VectorIndexOptions& options) {
  absl::StatusOr<std::unique_ptr<embeddings::VectorIndex>> index = embeddings::VectorIndex::Create(options);
  if (!index.ok()) return index.status();
  return std::unique_ptr<ItemVectors>(new ItemVectors(*std::move(index), options.dimensions));
}

bool ItemVectors::Put(uint32_t ordinal, absl::Span<const float> vector, bool hushed) {
  const bool was_hushed = hushed_.contains(ordinal);
  if (Of(ordinal) == vector && (vector.empty() || was_hushed == hushed)) return false;
  if (vector.empty() || hushed) index_->Remove(ordinal);
  if (was_hushed && (vector.empty() || !hushed)) hushed_.erase(ordinal);
  if (vector.empty()) return true;
  if (!hushed) {
    index_->Upsert(ordinal, vector);
    return true;
  }
  std::unique_ptr<float[]>& row = hushed_[ordinal];
  if (row == nullptr) row = std::make_unique<float[]>(dimensions_);
  std::copy(vector.begin(), vector.end(), row.get());
  return true;
}

bool ItemVectors::SetHushed(uint32_t ordinal, bool hushed) {
  const absl::Span<const float> row = Of(ordinal);
  if (row.empty() || hushed_.contains(ordinal) == hushed) return false;
  return Put(ordinal, std::vector<float>(row.begin(), row.end()), hushed);
}

absl::Span<const float> ItemVectors::HushedOf(uint32_t ordinal) const {
  const auto found = hushed_.find(ordinal);
  return found == hushed_.end() ? absl::Span<const float>() : absl::Span<const float>(found->second.get(), dimensions_);
}

size_t ItemVectors::bytes() const {
  const size_t entry_bytes = sizeof(uint32_t) + sizeof(void*) + 1;
  return index_->bytes() + hushed_.capacity() * entry_bytes + hushed_.size() * dimensions_ * sizeof(float);
}

}  // namespace staffroom
