#ifndef STAFFROOM_STORAGE_VECTOR_IO_H_
#define STAFFROOM_STORAGE_VECTOR_IO_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "storage/keys.h"
#include "storage/records.pb.h"
#include "storage/store.h"
#include "storage/write_batch.h"

// The vectors of an item's text fields. What the bytes mean is the writer's affair.
namespace staffroom::storage {

// What `model_id` made of the text; empty when it has not.
absl::string_view ValuesOf(const VectorRecord& record, absl::string_view model_id);
// In the place of what the model had made, else in a free one. REQUIRES: at most one other model has values in it.
void SetValues(absl::string_view model_id, absl::string_view values, VectorRecord* record);
// Takes away what neither of the two made; true when there was such. Without values afterwards when nothing is left.
bool KeepModels(absl::string_view one, absl::string_view other, VectorRecord* record);

// A record without values removes the field's vector.
void PutVector(WriteBatch* batch, const Item& item, const VectorRecord& record);
void DeleteVector(WriteBatch* batch, const VectorName& name);
// Of every text field that records.proto knows.
void DeleteVectors(WriteBatch* batch, const Item& item);

// The model of the first vector that there is; none: there is no vector. In a store whose vectors are all of one model, that.
absl::StatusOr<absl::optional<std::string>> FirstModel(const Snapshot& snapshot);

absl::StatusOr<absl::optional<VectorRecord>> GetVector(const Snapshot& snapshot, const VectorName& name);

// By rising field.
absl::StatusOr<std::vector<VectorRecord>> VectorsOf(const Snapshot& snapshot, const Item& item);

// By item kind, ordinal, field: the fields of one item stand together.
absl::Status ScanVectors(const Snapshot& snapshot,
                         absl::FunctionRef<absl::Status(const Item&, const VectorRecord&)> visit);
// The same of the items above `after`.
absl::Status ScanVectorsAfter(const Snapshot& snapshot, const Item& after,
                              absl::FunctionRef<absl::Status(const Item&, const VectorRecord&)> visit);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_VECTOR_IO_H_
