#ifndef STAFFROOM_STORAGE_ERASURE_IO_H_
#define STAFFROOM_STORAGE_ERASURE_IO_H_

#include <cstddef>
#include <cstdint>
#include <string>

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
// When the id was erased; none when it was not, or is forgotten.
absl::StatusOr<absl::optional<int64_t>> ErasedTime(const Snapshot& snapshot, ItemKind kind, absl::string_view id);

// Appends the deletes of erased ids that were put before `mutation_time`, among the next `limit` above *after in the order of
// the keys (empty: from the first), and moves *after to the last one looked at, or to empty at the end: called again and
// again it goes round. Returns how many entries it looked at.
absl::StatusOr<size_t> ExpireErasedIds(const Snapshot& snapshot, int64_t mutation_time, size_t limit,
                                       std::string* after, WriteBatch* batch);

// What the erased item left behind (interactions, and an account's posts) is still to be removed.
void PutPurge(WriteBatch* batch, const Item& item, int64_t mutation_time);
void DeletePurge(WriteBatch* batch, const Item& item);
// By item kind, ordinal.
absl::Status ScanPurges(const Snapshot& snapshot,
                        absl::FunctionRef<absl::Status(const Item& item, int64_t mutation_time)> visit);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_ERASURE_IO_H_
