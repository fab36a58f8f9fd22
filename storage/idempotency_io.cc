#include "storage/idempotency_io.h"

#include <memory>
#include <string>

#include "storage/key_range.h"
#include "storage/record_codec.h"

namespace staffroom::storage {

void PutIdempotency(WriteBatch* batch, const RequestName& name, const IdempotencyRecord& record) {
  batch->Put(Family::kIdempotency, IdempotencyKey(name), EncodeRecord(record));
  batch->Put(Family::kIdempotencyByTime, IdempotencyByTimeKey({record.mutation_time(), name}), "");
}

absl::StatusOr<absl::optional<IdempotencyRecord>> GetIdempotency(const Snapshot& snapshot, const RequestName& name) {
  const auto value = snapshot.Get(Family::kIdempotency, IdempotencyKey(name));
  if (!value.ok()) return value.status();
  if (!value->has_value()) return absl::nullopt;
  return DecodeIdempotency(name, **value);
}

absl::StatusOr<IdempotencyRecord> DecodeIdempotency(const RequestName& name, absl::string_view value) {
  IdempotencyRecord record;
  const absl::Status status = DecodeRecord(Family::kIdempotency, IdempotencyKey(name), value, &record);
  if (!status.ok()) return status;
  return record;
}

absl::StatusOr<size_t> ExpireIdempotency(const Snapshot& snapshot, int64_t mutation_time, size_t limit,
                                         std::string* after, WriteBatch* batch) {
  KeyRange range = RequestsBefore(mutation_time);
  if (!after->empty()) range.first = *after + '\0';  // the least key above it
  const std::unique_ptr<Iterator> it = snapshot.Scan(Family::kIdempotencyByTime, range.first, range.past_last);
  size_t looked_at = 0;
  for (; it->Valid() && looked_at < limit; it->Next(), ++looked_at) {
    after->assign(it->key().data(), it->key().size());  // also when it is damaged: the next call begins behind it
    const absl::StatusOr<TimedRequestName> name = ParseIdempotencyByTimeKey(it->key());
    if (!name.ok()) return name.status();
    const auto record = GetIdempotency(snapshot, name->request);
    if (!record.ok()) return record.status();
    const bool is_of_this_entry = record->has_value() && (*record)->mutation_time() == name->mutation_time;
    if (is_of_this_entry) batch->Delete(Family::kIdempotency, IdempotencyKey(name->request));
    batch->Delete(Family::kIdempotencyByTime, *after);
  }
  if (!it->status().ok()) return it->status();
  return looked_at;
}

}  // namespace staffroom::storage
