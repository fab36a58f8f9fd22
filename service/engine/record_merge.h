#ifndef STAFFROOM_SERVICE_ENGINE_RECORD_MERGE_H_
#define STAFFROOM_SERVICE_ENGINE_RECORD_MERGE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/message.h"
#include "storage/records.pb.h"

namespace staffroom {

// Copies the fields named by `mask` (record field names, top level) from `from` to `to`; repeated fields whole, an unset
// field clears. REQUIRES: both are of one type; every name exists (the converters have checked the request's mask).
void CopyMasked(const google::protobuf::Message& from, absl::Span<const std::string> mask,
                google::protobuf::Message* to);

// An upsert without a mask replaces everything except what protects a person or was decided about one: exposure, follows
// visibility, profiling, verified and state change only when set. A nightly profile sync must never make a quiet teacher
// visible. `has_verified`: whether `record` sets it.
void KeepUnlessSet(const storage::AccountRecord& before, bool has_verified, storage::AccountRecord* record);

// The text field whose vector belongs to a record field, or TEXT_FIELD_UNSPECIFIED.
storage::TextField TextFieldOf(absl::string_view record_field);

// The text fields that an item of a kind can have.
absl::Span<const storage::TextField> TextFieldsOf(storage::ItemKind kind);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_RECORD_MERGE_H_
