#include "storage/vector_io.h"

#include "storage/corrupt_bytes.h"
#include "storage/key_range.h"
#include "storage/record_codec.h"
#include "storage/scan.h"

namespace staffroom::storage {
namespace {

absl::Status ScanRange(const Snapshot& snapshot, const KeyRange& range,
                       absl::FunctionRef<absl::Status(const Item&, const VectorRecord&)> visit) {
  VectorRecord record;
  return ScanEntries(snapshot, Family::kVectors, range, [&](absl::string_view key, absl::string_view value) {
    const absl::StatusOr<VectorName> name = ParseVectorKey(key);
    if (!name.ok()) return name.status();
    if (auto status = DecodeRecord(Family::kVectors, key, value, &record); !status.ok()) return status;
    if (record.field() != name->field) return CorruptBytes(Family::kVectors, key, "the record is of another field");
    return visit(name->item, record);
  });
}

}  // namespace

absl::string_view ValuesOf(const VectorRecord& record, absl::string_view model_id) {
  if (absl::string_view(record.model_id()) == model_id) return record.values();
  if (absl::string_view(record.other().model_id()) == model_id) return record.other().values();
  return {};
}

void SetValues(absl::string_view model_id, absl::string_view values, VectorRecord* record) {
  if (record->values().empty() || absl::string_view(record->model_id()) == model_id) {
    record->set_model_id(std::string(model_id));
    record->set_values(std::string(values));
  } else {
    record->mutable_other()->set_model_id(std::string(model_id));
    record->mutable_other()->set_values(std::string(values));
  }
}

bool KeepModels(absl::string_view one, absl::string_view other, VectorRecord* record) {
  const auto keeps = [&](absl::string_view model_id) { return model_id == one || model_id == other; };
  bool changed = false;
  if (record->has_other() && !keeps(record->other().model_id())) {
    record->clear_other();
    changed = true;
  }
  if (record->values().empty() || keeps(record->model_id())) return changed;
  record->set_model_id(record->other().model_id());
  record->set_values(record->other().values());
  record->clear_other();
  return true;
}

void PutVector(WriteBatch* batch, const Item& item, const VectorRecord& record) {
  const VectorName name = {item, record.field()};
  if (record.values().empty()) {
    DeleteVector(batch, name);
  } else {
    batch->Put(Family::kVectors, VectorKey(name), EncodeRecord(record));
  }
}

void DeleteVector(WriteBatch* batch, const VectorName& name) { batch->Delete(Family::kVectors, VectorKey(name)); }

void DeleteVectors(WriteBatch* batch, const Item& item) {
  for (int field = TextField_MIN; field <= TextField_MAX; ++field) {
    if (field == TEXT_FIELD_UNSPECIFIED || !TextField_IsValid(field)) continue;
    DeleteVector(batch, {item, static_cast<TextField>(field)});
  }
}

absl::StatusOr<absl::optional<std::string>> FirstModel(const Snapshot& snapshot) {
  absl::optional<std::string> model_id;
  const absl::Status status = ScanVectors(snapshot, [&](const Item&, const VectorRecord& record) {
    model_id = record.model_id();
    return absl::CancelledError("the first is enough");
  });
  if (!status.ok() && !model_id.has_value()) return status;
  return model_id;
}

absl::StatusOr<absl::optional<VectorRecord>> GetVector(const Snapshot& snapshot, const VectorName& name) {
  const std::string key = VectorKey(name);
  const absl::StatusOr<absl::optional<std::string>> value = snapshot.Get(Family::kVectors, key);
  if (!value.ok()) return value.status();
  if (!value->has_value()) return absl::optional<VectorRecord>();
  VectorRecord record;
  if (auto status = DecodeRecord(Family::kVectors, key, **value, &record); !status.ok()) return status;
  return absl::make_optional(std::move(record));
}

absl::StatusOr<std::vector<VectorRecord>> VectorsOf(const Snapshot& snapshot, const Item& item) {
  std::vector<VectorRecord> records;
  const auto status = ScanRange(snapshot, VectorsOfItem(item), [&](const Item&, const VectorRecord& record) {
    records.push_back(record);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return records;
}

absl::Status ScanVectors(const Snapshot& snapshot,
                         absl::FunctionRef<absl::Status(const Item&, const VectorRecord&)> visit) {
  return ScanRange(snapshot, KeyRange{}, visit);
}

absl::Status ScanVectorsAfter(const Snapshot& snapshot, const Item& after,
                              absl::FunctionRef<absl::Status(const Item&, const VectorRecord&)> visit) {
  return ScanRange(snapshot, VectorsAfterItem(after), visit);
}

}  // namespace staffroom::storage
