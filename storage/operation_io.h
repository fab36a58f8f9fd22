#ifndef STAFFROOM_STORAGE_OPERATION_IO_H_
#define STAFFROOM_STORAGE_OPERATION_IO_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "storage/records.pb.h"
#include "storage/store.h"
#include "storage/write_batch.h"

// Long work, as it is remembered.
namespace staffroom::storage {

void PutOperation(WriteBatch* batch, const OperationRecord& record);
void DeleteOperation(WriteBatch* batch, uint64_t number);

absl::StatusOr<absl::optional<OperationRecord>> GetOperation(const Snapshot& snapshot, uint64_t number);

// By rising number: the oldest first.
absl::Status ScanOperations(const Snapshot& snapshot, absl::FunctionRef<absl::Status(const OperationRecord&)> visit);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_OPERATION_IO_H_
