#include "storage/operation_io.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/corrupt_bytes.h"
#include "storage/key_range.h"
#include "storage/keys.h"
#include "storage/record_codec.h"
#include "storage/scan.h"

namespace staffroom::storage {
namespace {

absl::StatusOr<OperationRecord> Decode(absl::string_view key, absl::string_view value) {
  const absl::StatusOr<uint64_t> number = ParseOperationKey(key);
  if (!number.ok()) return number.status();
  OperationRecord record;
  if (auto status = DecodeRecord(Family::kOperations, key, value, &record); !status.ok()) return status;
  if (record.number() == *number) return record;
  return CorruptBytes(Family::kOperations, key, absl::StrCat("the record has the number ", record.number()));
}

}  // namespace

void PutOperation(WriteBatch* batch, const OperationRecord& record) {
  batch->Put(Family::kOperations, OperationKey(record.number()), EncodeRecord(record));
}

void DeleteOperation(WriteBatch* batch, uint64_t number) { batch->Delete(Family::kOperations, OperationKey(number)); }

absl::StatusOr<absl::optional<OperationRecord>> GetOperation(const Snapshot& snapshot, uint64_t number) {
  const std::string key = OperationKey(number);
  const auto value = snapshot.Get(Family::kOperations, key);
  if (!value.ok()) return value.status();
  if (!value->has_value()) return absl::optional<OperationRecord>();
  absl::StatusOr<OperationRecord> record = Decode(key, **value);
  if (!record.ok()) return record.status();
  return absl::make_optional(*std::move(record));
}

absl::Status ScanOperations(const Snapshot& snapshot, absl::FunctionRef<absl::Status(const OperationRecord&)> visit) {
  return ScanEntries(snapshot, Family::kOperations, KeyRange{}, [&](absl::string_view key, absl::string_view value) {
    const absl::StatusOr<OperationRecord> record = Decode(key, value);
    return record.ok() ? visit(*record) : record.status();
  });
}

}  // namespace staffroom::storage
