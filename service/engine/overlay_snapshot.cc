#include "service/engine/overlay_snapshot.h"

#include <map>
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

// Two walks in one: of equal keys the overlay's holds, and a key that it deleted is not met.
class OverlaySnapshot::MergedIterator : public storage::Iterator {
 public:
  using Entries = std::map<std::string, absl::optional<std::string>>;

  MergedIterator(std::unique_ptr<storage::Iterator> base, Entries above)
      : base_(std::move(base)), entries_(std::move(above)), above_(entries_.begin()) {
    Settle();
  }
  bool Valid() const override { return IsAbove() || (base_->Valid() && base_->status().ok()); }
  void Next() override {
    if (IsAbove()) {
      StepAbove();
    } else {
      base_->Next();
    }
    Settle();
  }
  absl::string_view key() const override { return IsAbove() ? above_->first : base_->key(); }
  absl::string_view value() const override { return IsAbove() ? *above_->second : base_->value(); }
  absl::Status status() const override { return base_->status(); }

 private:
  // Whether the next entry is the overlay's. After an error beneath there is none: what is missing there is not known.
  bool IsAbove() const {
    if (above_ == entries_.end() || !base_->status().ok()) return false;
    return !base_->Valid() || above_->first <= base_->key();
  }
  void StepAbove() {
    if (base_->Valid() && base_->key() == above_->first) base_->Next();
    ++above_;
  }
  void Settle() {
    while (IsAbove() && !above_->second.has_value()) StepAbove();
  }

  const std::unique_ptr<storage::Iterator> base_;
  const Entries entries_;
  Entries::const_iterator above_;
};

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
  std::map<std::string, absl::optional<std::string>> above;
  for (const auto& [name, value] : values_) {
    if (name.first != family || name.second < first || (!past_last.empty() && name.second >= past_last)) continue;
    above.emplace(name.second, value);
  }
  return std::make_unique<MergedIterator>(base_->Scan(family, first, past_last), std::move(above));
}

}  // namespace staffroom
