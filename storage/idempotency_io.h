#ifndef STAFFROOM_STORAGE_IDEMPOTENCY_IO_H_
#define STAFFROOM_STORAGE_IDEMPOTENCY_IO_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "storage/keys.h"
#include "storage/records.pb.h"
#include "storage/store.h"
#include "storage/write_batch.h"

// What a request_id has already done, findable by name and by age.
namespace staffroom::storage {

// REQUIRES: record.mutation_time ≥ 0.
void PutIdempotency(WriteBatch* batch, const RequestName& name, const IdempotencyRecord& record);

absl::StatusOr<absl::optional<IdempotencyRecord>> GetIdempotency(const Snapshot& snapshot, const RequestName& name);

// Decodes what a MultiGet found under IdempotencyKey(name).
absl::StatusOr<IdempotencyRecord> DecodeIdempotency(const RequestName& name, absl::string_view value);

// Appends the deletes of what was put before `mutation_time`, the oldest first and at most `limit` of them; returns how many.
// Begins above *after in the order of the keys (empty: at the first) and moves it to the last one looked at: what is put comes
// behind what was put before, so nothing is missed, and what was deleted is not walked over again and again.
// A name that was put again since keeps its newer record. Within one batch call this before PutIdempotency: it sees the
// snapshot only, and a later put of the same name must win.
absl::StatusOr<size_t> ExpireIdempotency(const Snapshot& snapshot, int64_t mutation_time, size_t limit,
                                         std::string* after, WriteBatch* batch);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_IDEMPOTENCY_IO_H_
