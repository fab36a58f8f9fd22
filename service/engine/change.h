#ifndef STAFFROOM_SERVICE_ENGINE_CHANGE_H_
#define STAFFROOM_SERVICE_ENGINE_CHANGE_H_

#include <cstdint>
#include <variant>
#include <vector>

#include "absl/types/optional.h"
#include "service/base/ordinal.h"
#include "storage/meta_io.h"
#include "storage/records.pb.h"

// What a decided mutation did to the state, in complete new records: the one thing that goes both to the disk (as puts and
// deletes of one WriteBatch) and to the views (through View::Apply). Loading a store is applying its records as changes, so
// "apply" and "load" cannot drift apart.
namespace staffroom {

struct AccountChanged {
  storage::AccountRecord record;
};
// The account's record is gone; what it left behind (edges, events, posts) follows as changes of its purge.
struct AccountErased {
  AccountOrdinal account;
};
struct PostChanged {
  storage::PostRecord record;
  AccountOrdinal author_before;  // none: the post is new, or was a stub
};
struct PostErased {
  PostOrdinal post;
  AccountOrdinal author;
};
struct ResourceChanged {
  storage::ResourceRecord record;
  AccountOrdinal author_before;
};
struct ResourceErased {
  ResourceOrdinal resource;
  AccountOrdinal author;
};
// A state key was written (perhaps as a tombstone), or an event happened.
struct InteractionChanged {
  storage::InteractionRecord record;
  absl::optional<storage::InteractionRecord> before;  // what stood under the same key
};
// The record is removed without a tombstone: an event deleted by its actor, or anything in a purge.
struct InteractionErased {
  storage::InteractionRecord record;
};
// The complete set of an item's field vectors, of whatever model, as it now stands (a field that is not here has none).
struct VectorsChanged {
  storage::ItemKind item_kind = storage::ITEM_KIND_UNSPECIFIED;
  uint32_t ordinal = 0;
  std::vector<storage::VectorRecord> vectors;
};
// Whose vectors answer, and whose are being made, from here on.
struct ModelsChanged {
  storage::Models models;
};
struct OperationChanged {
  storage::OperationRecord record;
};
struct OperationForgotten {
  uint64_t number = 0;
};

using Change = std::variant<AccountChanged, AccountErased, PostChanged, PostErased, ResourceChanged, ResourceErased,
                            InteractionChanged, InteractionErased, VectorsChanged, ModelsChanged, OperationChanged,
                            OperationForgotten>;

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_CHANGE_H_
