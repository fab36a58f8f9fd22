#ifndef STAFFROOM_SERVICE_VIEWS_ROW_TABLE_H_
#define STAFFROOM_SERVICE_VIEWS_ROW_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/types/span.h"

namespace staffroom {

// A row of floats for an ordinal, or none. Rows never move, so growing is cheap. Not thread-safe; const calls may run
// together.
class RowTable {
 public:
  explicit RowTable(size_t dimensions) : dimensions_(dimensions) {}

  // Empty when there is none.
  absl::Span<const float> Find(uint32_t ordinal) const {
    if (ordinal >= rows_.size() || rows_[ordinal] == nullptr) return {};
    return absl::Span<const float>(rows_[ordinal].get(), dimensions_);
  }

  // `row` has all dimensions, or is empty: then there is none afterwards.
  void Set(uint32_t ordinal, absl::Span<const float> row) {
    if (ordinal >= rows_.size()) {
      if (row.empty()) return;
      rows_.resize(ordinal + 1);
    }
    std::unique_ptr<float[]>& place = rows_[ordinal];
    if (row.empty()) {
      if (place != nullptr) --count_;
      place.reset();
      return;
    }
    if (place == nullptr) {
      place = std::make_unique_for_overwrite<float[]>(dimensions_);
      ++count_;
    }
    std::copy(row.begin(), row.end(), place.get());
  }

  size_t bytes() const { return rows_.capacity() * sizeof(rows_[0]) + count_ * dimensions_ * sizeof(float); }

 private:
  const size_t dimensions_;
  std::vector<std::unique_ptr<float[]>> rows_;
  size_t count_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_ROW_TABLE_H_
