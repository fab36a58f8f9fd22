// The grammar of every key, and its builder. Change nothing here without a new kFormat: these bytes are on disks.
//
// Integers are big-endian and unsigned, so that the order of the bytes is the order of the numbers. name(n) is n bytes long;
// a name without a length runs to the end of the key. Enum numbers are those of records.proto. A record is one version byte
// and a protobuf message (record_codec.h).
//
//   family               key                                                value
//   meta                 "format" | "epoch" | "revision" | "mutation_time"  number(8)
//                        | "next_account" | "next_post" | "next_resource"
//                        "models"                                           ModelsRecord
//   ids                  item_kind(1) id                                    ordinal(4)
//   accounts             ordinal(4)                                         AccountRecord
//   posts                ordinal(4)                                         PostRecord
//   resources            ordinal(4)                                         ResourceRecord
//   posts_by_author      author(4) post(4)                                  empty
//   edges                actor(4) kind(1) target_kind(1) target(4)          InteractionRecord of a state kind
//   edges_by_target      target_kind(1) target(4) kind(1) actor(4)          empty
//   events               actor(4) event_hash(8)                             InteractionRecord of an event kind
//   events_by_target     target_kind(1) target(4) actor(4) event_hash(8)    empty
//   vectors              item_kind(1) ordinal(4) field(1)                   VectorRecord
//   idempotency          rpc(1) request_id                                  IdempotencyRecord
//   idempotency_by_time  mutation_time(8) rpc(1) request_id                 empty
//   erased_ids           item_kind(1) id_hash(16)                           mutation_time(8) of the erasure
//   purges               item_kind(1) ordinal(4)                            mutation_time(8) of the deletion
//   operations           number(8)                                          OperationRecord
//
// The by_… families repeat what another family says, in the order of another question; both are written in one batch.
// id_hash is BLAKE2b of the id with 128 bits of output, without a key: what stays of an erased person does not say the id, but
// whoever holds the store and guesses an id can tell that it was erased. That is why these entries live for 30 days only
// (service/engine, kErasedIdKept).
//
// Platforms: one process serves one platform, so no key says which. The room for more is in the families' names: none has
// a dot, so a second platform's families would be "p2.accounts" and so on, in the same store and under the same atomic batch,
// and no key that is on a disk today would change.
#ifndef STAFFROOM_STORAGE_KEYS_H_
#define STAFFROOM_STORAGE_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/family.h"
#include "storage/records.pb.h"

namespace staffroom::storage {

// The version of this grammar and of the records' encoding, kept under "format".
inline constexpr uint64_t kFormat = 1;

namespace meta_key {
inline constexpr absl::string_view kFormat = "format";
inline constexpr absl::string_view kEpoch = "epoch";
inline constexpr absl::string_view kRevision = "revision";
inline constexpr absl::string_view kNextAccount = "next_account";
inline constexpr absl::string_view kNextPost = "next_post";
inline constexpr absl::string_view kNextResource = "next_resource";
inline constexpr absl::string_view kMutationTime = "mutation_time";
inline constexpr absl::string_view kModels = "models";
}  // namespace meta_key

// A thing of any kind, as keys name it.
struct Item {
  ItemKind kind = ITEM_KIND_UNSPECIFIED;
  uint32_t ordinal = 0;  // in the space of `kind`
  friend bool operator==(const Item&, const Item&) = default;
};

struct EdgeName {
  uint32_t actor = 0;  // account ordinal
  InteractionKind kind = INTERACTION_KIND_UNSPECIFIED;
  Item target;
  friend bool operator==(const EdgeName&, const EdgeName&) = default;
};

struct EventName {
  uint32_t actor = 0;  // account ordinal
  uint64_t event_hash = 0;
  friend bool operator==(const EventName&, const EventName&) = default;
};

struct TargetedEventName {
  Item target;
  EventName event;
  friend bool operator==(const TargetedEventName&, const TargetedEventName&) = default;
};

struct PostOfAuthor {
  uint32_t author = 0;  // account ordinal
  uint32_t post = 0;    // post ordinal
  friend bool operator==(const PostOfAuthor&, const PostOfAuthor&) = default;
};

struct VectorName {
  Item item;
  TextField field = TEXT_FIELD_UNSPECIFIED;
  friend bool operator==(const VectorName&, const VectorName&) = default;
};

struct RequestName {
  uint8_t rpc = 0;  // which RPC the id belongs to
  std::string request_id;
  friend bool operator==(const RequestName&, const RequestName&) = default;
};

struct TimedRequestName {
  int64_t mutation_time = 0;  // microseconds since the epoch, ≥ 0
  RequestName request;
  friend bool operator==(const TimedRequestName&, const TimedRequestName&) = default;
};

struct ErasedIdName {
  ItemKind kind = ITEM_KIND_UNSPECIFIED;
  std::string id_hash;  // 16 bytes, HashId's
  friend bool operator==(const ErasedIdName&, const ErasedIdName&) = default;
};

// The keys. Enum values must fit one byte, times must not be negative.
std::string IdKey(ItemKind kind, absl::string_view id);
std::string OrdinalKey(uint32_t ordinal);  // accounts, posts, resources
std::string PostByAuthorKey(const PostOfAuthor& name);
std::string EdgeKey(const EdgeName& name);
std::string EdgeByTargetKey(const EdgeName& name);
std::string EventKey(const EventName& name);
std::string EventByTargetKey(const TargetedEventName& name);
std::string VectorKey(const VectorName& name);
std::string IdempotencyKey(const RequestName& name);
std::string IdempotencyByTimeKey(const TimedRequestName& name);
std::string ErasedIdKey(const ErasedIdName& name);
std::string PurgeKey(const Item& item);
std::string OperationKey(uint64_t number);

// BLAKE2b-128 of an id: 16 bytes.
std::string HashId(absl::string_view id);

// The way back. DataLoss naming the family and the key in hex when the key has another length than the grammar says.
absl::StatusOr<std::string> ParseIdKey(absl::string_view key);  // the id, without its kind
absl::StatusOr<uint32_t> ParseOrdinalKey(Family family, absl::string_view key);
absl::StatusOr<PostOfAuthor> ParsePostByAuthorKey(absl::string_view key);
absl::StatusOr<EdgeName> ParseEdgeKey(absl::string_view key);
absl::StatusOr<EdgeName> ParseEdgeByTargetKey(absl::string_view key);
absl::StatusOr<EventName> ParseEventKey(absl::string_view key);
absl::StatusOr<TargetedEventName> ParseEventByTargetKey(absl::string_view key);
absl::StatusOr<VectorName> ParseVectorKey(absl::string_view key);
absl::StatusOr<Item> ParsePurgeKey(absl::string_view key);
absl::StatusOr<uint64_t> ParseOperationKey(absl::string_view key);
absl::StatusOr<TimedRequestName> ParseIdempotencyByTimeKey(absl::string_view key);
absl::StatusOr<ErasedIdName> ParseErasedIdKey(absl::string_view key);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_KEYS_H_
