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

}  // namespace staffroom::storage
