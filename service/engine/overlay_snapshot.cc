#include "service/engine/overlay_snapshot.h"

#include <cassert>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "storage/store.h"

namespace staffroom {

OverlaySnapshot::OverlaySnapshot(std::unique_ptr<storage::Snapshot> base, const storage::WriteBatch* batch)
    : base_(std::move(base)), batch_(*batch) {}

absl::Status OverlaySnapshot::Prefetch(absl::Span<const storage::FamilyKey> keys) {
  absl::StatusOr<std::vector<absl::optional<std::string>>> values = base_->MultiGet(keys);
  if (!values.ok()) return values.status();
  for (size_t i = 0; i < keys.size(); ++i)
    values_.insert_or_assign(Name(keys[i].family, keys[i].key), std::move((*values)[i]));
  return absl::OkStatus();
}

void OverlaySnapshot::Absorb() {
  const std::vector<storage::WriteBatch::Operation>& operations = batch_.operations();
  for (; absorbed_ < operations.size(); ++absorbed_) {
    const storage::WriteBatch::Operation& operation = operations[absorbed_];
    values_.insert_or_assign(Name(operation.family, operation.key), operation.value);
  }
}

absl::StatusOr<absl::optional<std::string>> OverlaySnapshot::Get(storage::Family family, absl::string_view key) const {
  const auto found = values_.find(Name(family, std::string(key)));
  if (found != values_.end()) return found->second;
  return base_->Get(family, key);
}

absl::StatusOr<std::vector<absl::optional<std::string>>> OverlaySnapshot::MultiGet(
    absl::Span<const storage::FamilyKey> keys) const {
  std::vector<absl::optional<std::string>> values;
  values.reserve(keys.size());
  for (const storage::FamilyKey& key : keys) {
    absl::StatusOr<absl::optional<std::string>> value = Get(key.family, key.key);
    if (!value.ok()) return value.status();
    values.push_back(*std::move(value));
  }
  return values;
}

std::unique_ptr<storage::Iterator> OverlaySnapshot::Scan(storage::Family family, absl::string_view first,
                                                         absl::string_view past_last) const {
  assert(batch_.empty());
  return base_->Scan(family, first, past_last);
}

}  // namespace staffroom
