#include "storage/idempotency_io.h"

#include <memory>
#include <string>
#include <vector>

#include "storage/key_range.h"
#include "storage/record_codec.h"

namespace staffroom::storage {
namespace {

struct AgedEntry {
  std::string by_time_key;
  TimedRequestName name;
};

absl::StatusOr<std::vector<AgedEntry>> EntriesBefore(const Snapshot& snapshot, int64_t mutation_time, size_t limit) {
  std::vector<AgedEntry> entries;
  const KeyRange range = RequestsBefore(mutation_time);
  const std::unique_ptr<Iterator> it = snapshot.Scan(Family::kIdempotencyByTime, range.first, range.past_last);
  for (; it->Valid() && entries.size() < limit; it->Next()) {
    absl::StatusOr<TimedRequestName> name = ParseIdempotencyByTimeKey(it->key());
    if (!name.ok()) return name.status();
    entries.push_back({std::string(it->key()), *std::move(name)});
  }
  if (!it->status().ok()) return it->status();
  return entries;
}

}  // namespace

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
                                         WriteBatch* batch) {
  auto entries = EntriesBefore(snapshot, mutation_time, limit);
  if (!entries.ok()) return entries.status();
  for (AgedEntry& entry : *entries) {
    const auto record = GetIdempotency(snapshot, entry.name.request);
    if (!record.ok()) return record.status();
    const bool is_of_this_entry = record->has_value() && (*record)->mutation_time() == entry.name.mutation_time;
    if (is_of_this_entry) batch->Delete(Family::kIdempotency, IdempotencyKey(entry.name.request));
    batch->Delete(Family::kIdempotencyByTime, std::move(entry.by_time_key));
  }
  return entries->size();
}

}  // namespace staffroom::storage
