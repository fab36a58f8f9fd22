#ifndef STAFFROOM_STORAGE_ERASURE_IO_H_
#define STAFFROOM_STORAGE_ERASURE_IO_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "storage/keys.h"
#include "storage/store.h"
#include "storage/write_batch.h"

// What is remembered of the erased: hashes of ids that may not come back as stubs for a while, and purges still to do.
// Times are mutation times, microseconds since the epoch, ≥ 0.
namespace staffroom::storage {

void PutErasedId(WriteBatch* batch, ItemKind kind, absl::string_view id, int64_t mutation_time);
void DeleteErasedId(WriteBatch* batch, const ErasedIdName& name);
// When the id was erased; none when it was not, or is forgotten.
absl::StatusOr<absl::optional<int64_t>> ErasedTime(const Snapshot& snapshot, ItemKind kind, absl::string_view id);
absl::Status ScanErasedIds(const Snapshot& snapshot,
                           absl::FunctionRef<absl::Status(const ErasedIdName&, int64_t mutation_time)> visit);

// What the erased item left behind (interactions, and an account's posts) is still to be removed.
void PutPurge(WriteBatch* batch, const Item& item, int64_t mutation_time);
void DeletePurge(WriteBatch* batch, const Item& item);
// By item kind, ordinal.
absl::Status ScanPurges(const Snapshot& snapshot,
                        absl::FunctionRef<absl::Status(const Item& item, int64_t mutation_time)> visit);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_ERASURE_IO_H_
