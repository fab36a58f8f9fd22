#ifndef STAFFROOM_STORAGE_VECTOR_IO_H_
#define STAFFROOM_STORAGE_VECTOR_IO_H_

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/keys.h"
#include "storage/records.pb.h"
#include "storage/store.h"
#include "storage/write_batch.h"

// The vectors of an item's text fields. What the bytes mean is the writer's affair.
namespace staffroom::storage {

// A record without values removes the field's vector.
void PutVector(WriteBatch* batch, const Item& item, const VectorRecord& record);
void DeleteVector(WriteBatch* batch, const VectorName& name);
// Of every text field that records.proto knows.
void DeleteVectors(WriteBatch* batch, const Item& item);

absl::StatusOr<absl::optional<VectorRecord>> GetVector(const Snapshot& snapshot, const VectorName& name);

// By rising field.
absl::StatusOr<std::vector<VectorRecord>> VectorsOf(const Snapshot& snapshot, const Item& item);

// By item kind, ordinal, field: the fields of one item stand together.
absl::Status ScanVectors(const Snapshot& snapshot,
                         absl::FunctionRef<absl::Status(const Item&, const VectorRecord&)> visit);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_VECTOR_IO_H_
