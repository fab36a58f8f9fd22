#include "storage/scan.h"

#include <memory>

namespace staffroom::storage {

absl::Status ScanEntries(const Snapshot& snapshot, Family family, const KeyRange& range,
                         absl::FunctionRef<absl::Status(absl::string_view key, absl::string_view value)> visit) {
  const std::unique_ptr<Iterator> it = snapshot.Scan(family, range.first, range.past_last);
  for (; it->Valid(); it->Next()) {
    if (auto status = visit(it->key(), it->value()); !status.ok()) return status;
  }
  return it->status();
}

}  // namespace staffroom::storage
