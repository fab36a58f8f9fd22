#ifndef STAFFROOM_STORAGE_SCAN_H_
#define STAFFROOM_STORAGE_SCAN_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/key_range.h"
#include "storage/store.h"

namespace staffroom::storage {

// Hands every entry of the range to `visit`, in order of the keys; the first error, its own or the iterator's, ends it.
absl::Status ScanEntries(const Snapshot& snapshot, Family family, const KeyRange& range,
                         absl::FunctionRef<absl::Status(absl::string_view key, absl::string_view value)> visit);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_SCAN_H_
