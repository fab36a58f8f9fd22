#ifndef STAFFROOM_STORAGE_CORRUPT_BYTES_H_
#define STAFFROOM_STORAGE_CORRUPT_BYTES_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/family.h"

namespace staffroom::storage {

// DataLoss: "edges[000000070101]: the key is 6 bytes long, not 10". For whoever repairs a store: it names the entry.
absl::Status CorruptBytes(Family family, absl::string_view key, absl::string_view why);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_CORRUPT_BYTES_H_
