#include "embeddings/index/distinct_rows.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace staffroom::embeddings {
namespace {

absl::string_view BytesOf(const RowBlock& rows, size_t slot) {
  return {reinterpret_cast<const char*>(rows.row(slot)), rows.dimensions() * sizeof(float)};
}

}  // namespace

DistinctRows::DistinctRows(const RowBlock& rows) {
  absl::flat_hash_map<absl::string_view, uint32_t> group_of_row;
  std::vector<uint32_t> group_of_slot(rows.size());
  begins_.push_back(0);
  for (size_t slot = 0; slot < rows.size(); ++slot) {
    const auto [entry, is_new] =
        group_of_row.try_emplace(BytesOf(rows, slot), static_cast<uint32_t>(begins_.size() - 1));
    if (is_new) begins_.push_back(0);
    group_of_slot[slot] = entry->second;
    ++begins_[entry->second + 1];
  }
  for (size_t group = 1; group < begins_.size(); ++group) begins_[group] += begins_[group - 1];

  slots_.resize(rows.size());
  std::vector<uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (uint32_t slot = 0; slot < rows.size(); ++slot) slots_[next[group_of_slot[slot]]++] = slot;
}

}  // namespace staffroom::embeddings
