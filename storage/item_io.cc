#include "storage/item_io.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/corrupt_bytes.h"
#include "storage/key_range.h"
#include "storage/keys.h"
#include "storage/record_codec.h"
#include "storage/scan.h"

namespace staffroom::storage {
namespace {

constexpr Family FamilyOf(const AccountRecord*) { return Family::kAccounts; }
constexpr Family FamilyOf(const PostRecord*) { return Family::kPosts; }
constexpr Family FamilyOf(const ResourceRecord*) { return Family::kResources; }
constexpr ItemKind KindOf(const AccountRecord*) { return ITEM_ACCOUNT; }
constexpr ItemKind KindOf(const PostRecord*) { return ITEM_POST; }
constexpr ItemKind KindOf(const ResourceRecord*) { return ITEM_RESOURCE; }

template <typename Record>
void PutItem(WriteBatch* batch, const Record& record) {
  batch->Put(FamilyOf(&record), OrdinalKey(record.ordinal()), EncodeRecord(record));
  batch->Put(Family::kIds, IdKey(KindOf(&record), record.id()), EncodeOrdinal(record.ordinal()));
}

template <typename Record>
void DeleteItem(WriteBatch* batch, const Record& record) {
  batch->Delete(FamilyOf(&record), OrdinalKey(record.ordinal()));
  batch->Delete(Family::kIds, IdKey(KindOf(&record), record.id()));
}

// A stub has no author yet, so it stands in nobody's list.
std::string AuthorEntry(const PostRecord& record) {
  return PostByAuthorKey({.author = record.author(), .post = record.ordinal()});
}

// Into a record that is used again and again: a scan allocates nothing for what the last one had room for.
template <typename Record>
absl::Status DecodeItem(absl::string_view key, absl::string_view value, Record* record) {
  const Family family = FamilyOf(record);
  const absl::StatusOr<uint32_t> ordinal = ParseOrdinalKey(family, key);
  if (!ordinal.ok()) return ordinal.status();
  if (auto status = DecodeRecord(family, key, value, record); !status.ok()) return status;
  if (record->ordinal() == *ordinal) return absl::OkStatus();
  return CorruptBytes(family, key, absl::StrCat("the record has the ordinal ", record->ordinal()));
}

template <typename Record>
absl::StatusOr<Record> DecodeItem(uint32_t ordinal, absl::string_view value) {
  Record record;
  if (auto status = DecodeItem(OrdinalKey(ordinal), value, &record); !status.ok()) return status;
  return record;
}

template <typename Record>
absl::StatusOr<std::vector<absl::optional<Record>>> GetItems(const Snapshot& snapshot,
                                                             absl::Span<const uint32_t> ordinals) {
  std::vector<FamilyKey> keys;
  keys.reserve(ordinals.size());
  for (const uint32_t ordinal : ordinals) {
    keys.push_back({FamilyOf(static_cast<const Record*>(nullptr)), OrdinalKey(ordinal)});
  }
  const auto values = snapshot.MultiGet(keys);
  if (!values.ok()) return values.status();
  std::vector<absl::optional<Record>> records(ordinals.size());
  for (size_t i = 0; i < ordinals.size(); ++i) {
    if (!(*values)[i].has_value()) continue;
    if (auto status = DecodeItem(keys[i].key, *(*values)[i], &records[i].emplace()); !status.ok()) return status;
  }
  return records;
}

template <typename Record>
absl::StatusOr<absl::optional<Record>> GetItem(const Snapshot& snapshot, uint32_t ordinal) {
  auto records = GetItems<Record>(snapshot, {ordinal});
  if (!records.ok()) return records.status();
  return std::move(records->front());
}

template <typename Record>
absl::Status ScanItems(const Snapshot& snapshot, absl::FunctionRef<absl::Status(const Record&)> visit) {
  Record record;
  return ScanEntries(snapshot, FamilyOf(&record), KeyRange{}, [&](absl::string_view key, absl::string_view value) {
    if (auto status = DecodeItem(key, value, &record); !status.ok()) return status;
    return visit(record);
  });
}

}  // namespace

void PutAccount(WriteBatch* batch, const AccountRecord& record) { PutItem(batch, record); }

void PutPost(WriteBatch* batch, const PostRecord& record) {
  PutItem(batch, record);
  if (record.author() != 0) batch->Put(Family::kPostsByAuthor, AuthorEntry(record), "");
}

void PutResource(WriteBatch* batch, const ResourceRecord& record) { PutItem(batch, record); }

void DeleteAccount(WriteBatch* batch, const AccountRecord& record) { DeleteItem(batch, record); }

void DeletePost(WriteBatch* batch, const PostRecord& record) {
  DeleteItem(batch, record);
  if (record.author() != 0) batch->Delete(Family::kPostsByAuthor, AuthorEntry(record));
}

void DeleteResource(WriteBatch* batch, const ResourceRecord& record) { DeleteItem(batch, record); }

absl::StatusOr<absl::optional<AccountRecord>> GetAccount(const Snapshot& snapshot, uint32_t ordinal) {
  return GetItem<AccountRecord>(snapshot, ordinal);
}

absl::StatusOr<absl::optional<PostRecord>> GetPost(const Snapshot& snapshot, uint32_t ordinal) {
  return GetItem<PostRecord>(snapshot, ordinal);
}

absl::StatusOr<absl::optional<ResourceRecord>> GetResource(const Snapshot& snapshot, uint32_t ordinal) {
  return GetItem<ResourceRecord>(snapshot, ordinal);
}

absl::StatusOr<std::vector<absl::optional<AccountRecord>>> GetAccounts(const Snapshot& snapshot,
                                                                       absl::Span<const uint32_t> ordinals) {
  return GetItems<AccountRecord>(snapshot, ordinals);
}

absl::StatusOr<std::vector<absl::optional<PostRecord>>> GetPosts(const Snapshot& snapshot,
                                                                 absl::Span<const uint32_t> ordinals) {
  return GetItems<PostRecord>(snapshot, ordinals);
}

absl::StatusOr<std::vector<absl::optional<ResourceRecord>>> GetResources(const Snapshot& snapshot,
                                                                         absl::Span<const uint32_t> ordinals) {
  return GetItems<ResourceRecord>(snapshot, ordinals);
}

absl::StatusOr<AccountRecord> DecodeAccount(uint32_t ordinal, absl::string_view value) {
  return DecodeItem<AccountRecord>(ordinal, value);
}

absl::StatusOr<PostRecord> DecodePost(uint32_t ordinal, absl::string_view value) {
  return DecodeItem<PostRecord>(ordinal, value);
}

absl::StatusOr<ResourceRecord> DecodeResource(uint32_t ordinal, absl::string_view value) {
  return DecodeItem<ResourceRecord>(ordinal, value);
}

absl::StatusOr<uint32_t> DecodeIdEntry(ItemKind kind, absl::string_view id, absl::string_view value) {
  return DecodeOrdinal(Family::kIds, IdKey(kind, id), value);
}

absl::Status ScanAccounts(const Snapshot& snapshot, absl::FunctionRef<absl::Status(const AccountRecord&)> visit) {
  return ScanItems<AccountRecord>(snapshot, visit);
}

absl::Status ScanPosts(const Snapshot& snapshot, absl::FunctionRef<absl::Status(const PostRecord&)> visit) {
  return ScanItems<PostRecord>(snapshot, visit);
}

absl::Status ScanResources(const Snapshot& snapshot, absl::FunctionRef<absl::Status(const ResourceRecord&)> visit) {
  return ScanItems<ResourceRecord>(snapshot, visit);
}

absl::StatusOr<std::vector<uint32_t>> PostsOf(const Snapshot& snapshot, uint32_t author, size_t limit) {
  std::vector<uint32_t> posts;
  const KeyRange range = PostsOfAuthor(author);
  const std::unique_ptr<Iterator> it = snapshot.Scan(Family::kPostsByAuthor, range.first, range.past_last);
  for (; it->Valid() && (limit == 0 || posts.size() < limit); it->Next()) {
    const absl::StatusOr<PostOfAuthor> name = ParsePostByAuthorKey(it->key());
    if (!name.ok()) return name.status();
    posts.push_back(name->post);
  }
  if (!it->status().ok()) return it->status();
  return posts;
}

absl::StatusOr<absl::optional<uint32_t>> FindOrdinal(const Snapshot& snapshot, ItemKind kind, absl::string_view id) {
  const auto value = snapshot.Get(Family::kIds, IdKey(kind, id));
  if (!value.ok()) return value.status();
  if (!value->has_value()) return absl::nullopt;
  return DecodeIdEntry(kind, id, **value);
}

absl::StatusOr<std::vector<IdEntry>> ScanIds(const Snapshot& snapshot, ItemKind kind, absl::string_view after_id,
                                             size_t limit) {
  std::vector<IdEntry> entries;
  const KeyRange range = IdsAfter(kind, after_id);
  const std::unique_ptr<Iterator> it = snapshot.Scan(Family::kIds, range.first, range.past_last);
  for (; it->Valid() && entries.size() < limit; it->Next()) {
    absl::StatusOr<std::string> id = ParseIdKey(it->key());
    if (!id.ok()) return id.status();
    const absl::StatusOr<uint32_t> ordinal = DecodeOrdinal(Family::kIds, it->key(), it->value());
    if (!ordinal.ok()) return ordinal.status();
    entries.push_back({*std::move(id), *ordinal});
  }
  if (!it->status().ok()) return it->status();
  return entries;
}

}  // namespace staffroom::storage
