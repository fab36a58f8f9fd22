#include "storage/erasure_io.h"

#include <memory>

#include "storage/key_range.h"
#include "storage/record_codec.h"
#include "storage/scan.h"

namespace staffroom::storage {
namespace {

absl::StatusOr<int64_t> DecodeTime(Family family, absl::string_view key, absl::string_view value) {
  const absl::StatusOr<uint64_t> number = DecodeNumber(family, key, value);
  if (!number.ok()) return number.status();
  return static_cast<int64_t>(*number);
}

}  // namespace

void PutErasedId(WriteBatch* batch, ItemKind kind, absl::string_view id, int64_t mutation_time) {
  batch->Put(Family::kErasedIds, ErasedIdKey({kind, HashId(id)}), EncodeNumber(static_cast<uint64_t>(mutation_time)));
}

absl::StatusOr<absl::optional<int64_t>> ErasedTime(const Snapshot& snapshot, ItemKind kind, absl::string_view id) {
  const std::string key = ErasedIdKey({kind, HashId(id)});
  const auto value = snapshot.Get(Family::kErasedIds, key);
  if (!value.ok()) return value.status();
  if (!value->has_value()) return absl::nullopt;
  return DecodeTime(Family::kErasedIds, key, **value);
}

absl::StatusOr<size_t> ExpireErasedIds(const Snapshot& snapshot, int64_t mutation_time, size_t limit,
                                       std::string* after, WriteBatch* batch) {
  const KeyRange range = ErasedIdsAfter(*after);
  const std::unique_ptr<Iterator> it = snapshot.Scan(Family::kErasedIds, range.first, range.past_last);
  size_t looked_at = 0;
  for (; it->Valid() && looked_at < limit; it->Next(), ++looked_at) {
    after->assign(it->key().data(), it->key().size());  // also when it is damaged: the next round begins behind it
    const absl::StatusOr<ErasedIdName> name = ParseErasedIdKey(it->key());
    if (!name.ok()) return name.status();
    const absl::StatusOr<int64_t> time = DecodeTime(Family::kErasedIds, it->key(), it->value());
    if (!time.ok()) return time.status();
    if (*time < mutation_time) batch->Delete(Family::kErasedIds, ErasedIdKey(*name));
  }
  if (!it->Valid()) after->clear();
  if (!it->status().ok()) return it->status();
  return looked_at;
}

void PutPurge(WriteBatch* batch, const Item& item, int64_t mutation_time) {
  batch->Put(Family::kPurges, PurgeKey(item), EncodeNumber(static_cast<uint64_t>(mutation_time)));
}

void DeletePurge(WriteBatch* batch, const Item& item) { batch->Delete(Family::kPurges, PurgeKey(item)); }

absl::Status ScanPurges(const Snapshot& snapshot,
                        absl::FunctionRef<absl::Status(const Item& item, int64_t mutation_time)> visit) {
  return ScanEntries(snapshot, Family::kPurges, KeyRange{}, [&](absl::string_view key, absl::string_view value) {
    const absl::StatusOr<Item> item = ParsePurgeKey(key);
    if (!item.ok()) return item.status();
    const absl::StatusOr<int64_t> time = DecodeTime(Family::kPurges, key, value);
    return time.ok() ? visit(*item, *time) : time.status();
  });
}

}  // namespace staffroom::storage
