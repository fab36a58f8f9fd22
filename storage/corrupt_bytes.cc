#include "storage/corrupt_bytes.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace staffroom::storage {

absl::Status CorruptBytes(Family family, absl::string_view key, absl::string_view why) {
  return absl::DataLossError(absl::StrCat(FamilyName(family), "[", absl::BytesToHexString(key), "]: ", why));
}

}  // namespace staffroom::storage
