#ifndef STAFFROOM_SERVICE_RECOMMEND_ITEM_H_
#define STAFFROOM_SERVICE_RECOMMEND_ITEM_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "service/base/ordinal.h"
#include "service/views/read_view.h"

namespace staffroom {

// An account, post or resource as a request names it.
struct ItemRef {
  storage::ItemKind kind = storage::ITEM_KIND_UNSPECIFIED;
  std::string id;
};

// The same as the views know it: 8 bytes. Good within one ReadView, or sealed in a token.
struct Item {
  storage::ItemKind kind = storage::ITEM_KIND_UNSPECIFIED;
  uint32_t ordinal = 0;

  Item() = default;
  Item(storage::ItemKind item_kind, uint32_t item_ordinal) : kind(item_kind), ordinal(item_ordinal) {}
  explicit Item(AccountOrdinal account) : kind(storage::ITEM_ACCOUNT), ordinal(account.value()) {}
  explicit Item(PostOrdinal post) : kind(storage::ITEM_POST), ordinal(post.value()) {}
  explicit Item(ResourceOrdinal resource) : kind(storage::ITEM_RESOURCE), ordinal(resource.value()) {}

  // The number in its own space; none for an item of another kind.
  AccountOrdinal account() const { return AccountOrdinal(kind == storage::ITEM_ACCOUNT ? ordinal : 0); }
  PostOrdinal post() const { return PostOrdinal(kind == storage::ITEM_POST ? ordinal : 0); }
  ResourceOrdinal resource() const { return ResourceOrdinal(kind == storage::ITEM_RESOURCE ? ordinal : 0); }
  explicit operator bool() const { return ordinal != 0; }
  friend bool operator==(const Item&, const Item&) = default;
};

// The number behind a reference, stubs included; false as a bool when there is none.
Item FindItem(const ReadView& view, const ItemRef& ref);

// Its id; "" for what is not there.
absl::string_view IdOf(const ReadView& view, Item item);

// What to print for it: display_name, title; "" for a post.
absl::string_view LabelOf(const ReadView& view, Item item);

// The accounts behind an item: itself, its author, or its author and publisher; unset places are 0.
std::array<AccountOrdinal, 2> OwnersOf(const ReadView& view, Item item);

// There, and not a stub.
bool Exists(const ReadView& view, Item item);

// It and its owners stand as far as the moderators are concerned (state ACTIVE).
bool IsActive(const ReadView& view, Item item);

// Whether the item is there for anybody but a quiet account: it exists, and its owners exist and are not quiet. What fails
// here must not move any number, order or count of an answer; sources and reasons skip it before they count anything.
bool IsNoticeable(const ReadView& view, Item item);
inline bool IsNoticeable(const ReadView& view, AccountOrdinal account) {
  return view.catalog.flags(account).noticeable();
}

// Unit vector of what the item is about; empty when nothing is known.
absl::Span<const float> VectorOf(const ReadView& view, Item item);

// Cosine of two unit vectors in [-1, 1]; 0 when one of them is empty. Sums in a fixed order: equal inputs, equal bits.
float Likeness(absl::Span<const float> a, absl::Span<const float> b);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_ITEM_H_
