#include "storage/keys.h"

#include <sodium.h>

#include <array>

#include "absl/strings/str_cat.h"
#include "storage/big_endian.h"
#include "storage/corrupt_bytes.h"

namespace staffroom::storage {
namespace {

constexpr size_t kIdHashBytes = 16;

// Builds a key front to back. An enum is one byte: the widths are the grammar's, not C++'s.
class KeyWriter {
 public:
  explicit KeyWriter(size_t bytes) { key_.reserve(bytes); }
  KeyWriter& Byte(int value) {
    AppendBigEndian(&key_, static_cast<uint8_t>(value));
    return *this;
  }
  KeyWriter& Ordinal(uint32_t value) {
    AppendBigEndian(&key_, value);
    return *this;
  }
  KeyWriter& Number(uint64_t value) {
    AppendBigEndian(&key_, value);
    return *this;
  }
  KeyWriter& Bytes(absl::string_view value) {
    key_.append(value.data(), value.size());
    return *this;
  }
  KeyWriter& Target(const storage::Item& item) { return Byte(item.kind).Ordinal(item.ordinal); }
  std::string Take() { return std::move(key_); }

 private:
  std::string key_;
};

Item TakeItem(KeyReader* reader) {
  Item item;
  item.kind = static_cast<ItemKind>(reader->Take<uint8_t>());
  item.ordinal = reader->Take<uint32_t>();
  return item;
}

absl::Status CheckLength(Family family, absl::string_view key, size_t bytes) {
  if (key.size() == bytes) return absl::OkStatus();
  return CorruptBytes(family, key, absl::StrCat("the key is ", key.size(), " bytes long, not ", bytes));
}

absl::Status CheckLeastLength(Family family, absl::string_view key, size_t bytes) {
  if (key.size() >= bytes) return absl::OkStatus();
  return CorruptBytes(family, key, absl::StrCat("the key is ", key.size(), " bytes long, less than ", bytes));
}

}  // namespace

std::string IdKey(ItemKind kind, absl::string_view id) { return KeyWriter(1 + id.size()).Byte(kind).Bytes(id).Take(); }

std::string OrdinalKey(uint32_t ordinal) { return KeyWriter(4).Ordinal(ordinal).Take(); }

std::string PostByAuthorKey(const PostOfAuthor& name) {
  return KeyWriter(8).Ordinal(name.author).Ordinal(name.post).Take();
}

std::string EdgeKey(const EdgeName& name) {
  return KeyWriter(10).Ordinal(name.actor).Byte(name.kind).Target(name.target).Take();
}

std::string EdgeByTargetKey(const EdgeName& name) {
  return KeyWriter(10).Target(name.target).Byte(name.kind).Ordinal(name.actor).Take();
}

std::string EventKey(const EventName& name) { return KeyWriter(12).Ordinal(name.actor).Number(name.event_hash).Take(); }

std::string EventByTargetKey(const TargetedEventName& name) {
  return KeyWriter(17).Target(name.target).Ordinal(name.event.actor).Number(name.event.event_hash).Take();
}

std::string VectorKey(const VectorName& name) { return KeyWriter(6).Target(name.item).Byte(name.field).Take(); }

std::string PurgeKey(const Item& item) { return KeyWriter(5).Target(item).Take(); }

std::string OperationKey(uint64_t number) { return KeyWriter(8).Number(number).Take(); }

std::string IdempotencyKey(const RequestName& name) {
  return KeyWriter(1 + name.request_id.size()).Byte(name.rpc).Bytes(name.request_id).Take();
}

std::string IdempotencyByTimeKey(const TimedRequestName& name) {
  return KeyWriter(9 + name.request.request_id.size())
      .Number(static_cast<uint64_t>(name.mutation_time))
      .Byte(name.request.rpc)
      .Bytes(name.request.request_id)
      .Take();
}

std::string ErasedIdKey(const ErasedIdName& name) {
  return KeyWriter(1 + kIdHashBytes).Byte(name.kind).Bytes(name.id_hash).Take();
}

std::string HashId(absl::string_view id) {
  static_assert(kIdHashBytes >= crypto_generichash_BYTES_MIN);
  std::array<unsigned char, kIdHashBytes> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(id.data()), id.size(),
                     /*key=*/nullptr, /*keylen=*/0);
  return std::string(reinterpret_cast<const char*>(hash.data()), hash.size());
}

absl::StatusOr<std::string> ParseIdKey(absl::string_view key) {
  if (auto status = CheckLeastLength(Family::kIds, key, 2); !status.ok()) return status;
  return std::string(key.substr(1));
}

absl::StatusOr<uint32_t> ParseOrdinalKey(Family family, absl::string_view key) {
  if (auto status = CheckLength(family, key, 4); !status.ok()) return status;
  return ReadBigEndian<uint32_t>(key);
}

absl::StatusOr<PostOfAuthor> ParsePostByAuthorKey(absl::string_view key) {
  if (auto status = CheckLength(Family::kPostsByAuthor, key, 8); !status.ok()) return status;
  KeyReader reader(key);
  PostOfAuthor name;
  name.author = reader.Take<uint32_t>();
  name.post = reader.Take<uint32_t>();
  return name;
}

absl::StatusOr<EdgeName> ParseEdgeKey(absl::string_view key) {
  if (auto status = CheckLength(Family::kEdges, key, 10); !status.ok()) return status;
  KeyReader reader(key);
  EdgeName name;
  name.actor = reader.Take<uint32_t>();
  name.kind = static_cast<InteractionKind>(reader.Take<uint8_t>());
  name.target = TakeItem(&reader);
  return name;
}

absl::StatusOr<EdgeName> ParseEdgeByTargetKey(absl::string_view key) {
  if (auto status = CheckLength(Family::kEdgesByTarget, key, 10); !status.ok()) return status;
  KeyReader reader(key);
  EdgeName name;
  name.target = TakeItem(&reader);
  name.kind = static_cast<InteractionKind>(reader.Take<uint8_t>());
  name.actor = reader.Take<uint32_t>();
  return name;
}

absl::StatusOr<EventName> ParseEventKey(absl::string_view key) {
  if (auto status = CheckLength(Family::kEvents, key, 12); !status.ok()) return status;
  KeyReader reader(key);
  EventName name;
  name.actor = reader.Take<uint32_t>();
  name.event_hash = reader.Take<uint64_t>();
  return name;
}

absl::StatusOr<TargetedEventName> ParseEventByTargetKey(absl::string_view key) {
  if (auto status = CheckLength(Family::kEventsByTarget, key, 17); !status.ok()) return status;
  KeyReader reader(key);
  TargetedEventName name;
  name.target = TakeItem(&reader);
  name.event.actor = reader.Take<uint32_t>();
  name.event.event_hash = reader.Take<uint64_t>();
  return name;
}

absl::StatusOr<VectorName> ParseVectorKey(absl::string_view key) {
  if (auto status = CheckLength(Family::kVectors, key, 6); !status.ok()) return status;
  KeyReader reader(key);
  VectorName name;
  name.item = TakeItem(&reader);
  name.field = static_cast<TextField>(reader.Take<uint8_t>());
  return name;
}

absl::StatusOr<Item> ParsePurgeKey(absl::string_view key) {
  if (auto status = CheckLength(Family::kPurges, key, 5); !status.ok()) return status;
  KeyReader reader(key);
  return TakeItem(&reader);
}

absl::StatusOr<uint64_t> ParseOperationKey(absl::string_view key) {
  if (auto status = CheckLength(Family::kOperations, key, 8); !status.ok()) return status;
  return ReadBigEndian<uint64_t>(key);
}

absl::StatusOr<TimedRequestName> ParseIdempotencyByTimeKey(absl::string_view key) {
  if (auto status = CheckLeastLength(Family::kIdempotencyByTime, key, 10); !status.ok()) return status;
  KeyReader reader(key);
  TimedRequestName name;
  name.mutation_time = static_cast<int64_t>(reader.Take<uint64_t>());
  name.request.rpc = reader.Take<uint8_t>();
  name.request.request_id = std::string(reader.rest());
  return name;
}

absl::StatusOr<ErasedIdName> ParseErasedIdKey(absl::string_view key) {
  if (auto status = CheckLength(Family::kErasedIds, key, 1 + kIdHashBytes); !status.ok()) return status;
  KeyReader reader(key);
  ErasedIdName name;
  name.kind = static_cast<ItemKind>(reader.Take<uint8_t>());
  name.id_hash = std::string(reader.rest());
  return name;
}

}  // namespace staffroom::storage
