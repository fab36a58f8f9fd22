#ifndef STAFFROOM_SERVICE_ENGINE_OVERLAY_SNAPSHOT_H_
#define STAFFROOM_SERVICE_ENGINE_OVERLAY_SNAPSHOT_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "storage/family.h"
#include "storage/store.h"
#include "storage/write_batch.h"

namespace staffroom {

// The store as it will be once the batch under construction is written: what earlier mutations of the batch put stands over
// one moment of the store. Deciding the tenth mutation of a batch therefore sees exactly what it would see alone, and
// batching never changes an outcome. Not thread-safe.
class OverlaySnapshot : public storage::Snapshot {
 public:
  // `batch` must outlive this; Absorb takes over what was added to it since the last call.
  OverlaySnapshot(std::unique_ptr<storage::Snapshot> base, const storage::WriteBatch* batch);

  // Reads what the batch will probably need in one go; whatever was not foreseen is read singly.
  absl::Status Prefetch(absl::Span<const storage::FamilyKey> keys);
  void Absorb();

  absl::StatusOr<absl::optional<std::string>> Get(storage::Family family, absl::string_view key) const override;
  absl::StatusOr<std::vector<absl::optional<std::string>>> MultiGet(
      absl::Span<const storage::FamilyKey> keys) const override;
  // Costs a walk over all that the overlay holds, beside the scan itself: for decisions that are rare.
  std::unique_ptr<storage::Iterator> Scan(storage::Family family, absl::string_view first,
                                          absl::string_view past_last) const override;

 private:
  class MergedIterator;
  using Name = std::pair<storage::Family, std::string>;

  std::unique_ptr<storage::Snapshot> base_;
  const storage::WriteBatch& batch_;
  size_t absorbed_ = 0;
  absl::flat_hash_map<Name, absl::optional<std::string>> values_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_OVERLAY_SNAPSHOT_H_
