#ifndef STAFFROOM_SERVICE_VIEWS_ENGAGEMENT_H_
#define STAFFROOM_SERVICE_VIEWS_ENGAGEMENT_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/ordinal.h"
#include "service/engine/view.h"
#include "service/views/adjacency.h"
#include "service/views/catalog.h"
#include "storage/records.pb.h"

namespace staffroom {

// One thing that an account did to an item. 12 bytes; ordered by time, then by target.
struct Engagement {
  uint32_t time_s = 0;
  uint32_t target = 0;    // ordinal in the space of item_kind
  uint8_t item_kind = 0;  // storage::ItemKind
  uint8_t kind = 0;       // storage::InteractionKind
  uint16_t weight_percent : 15 = 100;
  uint16_t attributed : 1 = 0;  // one of our own lists led to it

  AccountOrdinal account() const { return AccountOrdinal(item_kind == storage::ITEM_ACCOUNT ? target : 0); }
  PostOrdinal post() const { return PostOrdinal(item_kind == storage::ITEM_POST ? target : 0); }
  ResourceOrdinal resource() const { return ResourceOrdinal(item_kind == storage::ITEM_RESOURCE ? target : 0); }
  friend constexpr auto operator<=>(const Engagement&, const Engagement&) = default;
};

// Who did something to an item, and what: 4 bytes, so an engagement costs 16 in both directions.
class ItemActor {
 public:
  static constexpr int kKindBits = 5;  // codes of InteractionKind folded below 32; leaves 2^27 accounts (134 million)
  ItemActor() = default;
  ItemActor(AccountOrdinal actor, storage::InteractionKind kind) : packed_(actor.value() << kKindBits | Code(kind)) {}
  AccountOrdinal actor() const { return AccountOrdinal(packed_ >> kKindBits); }
  storage::InteractionKind kind() const {
    const uint32_t code = packed_ & ((1u << kKindBits) - 1);
    return static_cast<storage::InteractionKind>(code < 16 ? code : code + 16);
  }
  friend constexpr auto operator<=>(ItemActor, ItemActor) = default;

 private:
  static uint32_t Code(storage::InteractionKind kind) {
    return static_cast<uint32_t>(kind) < 32 ? static_cast<uint32_t>(kind) : static_cast<uint32_t>(kind) - 16;
  }
  uint32_t packed_ = 0;
};

// Accounts that this process can number (see ItemActor); beyond it a new account is refused as STORE_FULL.
inline constexpr uint32_t kAccountOrdinalLimit = 1u << (32 - ItemActor::kKindBits);

// What everybody did to items: every standing DISMISS, REPORT, LIKE and SAVE and every event, whatever its target kind.
// (FOLLOW, BLOCK, MUTE, JOIN and mentoring are the graph's.)
class EngagementView : public View {
 public:
  explicit EngagementView(const Catalog* catalog);

  absl::string_view name() const override { return "engagement"; }
  absl::Status Load(const storage::Snapshot& snapshot) override;
  void Apply(const Change& change) noexcept override;
  uint64_t Digest() const override;
  int64_t Bytes() const override;

  static bool Holds(storage::InteractionKind kind);
  // LIKE, SAVE, READ, SHARE, REPLY: says that somebody had a use for the item.
  static bool CountsAsPopular(storage::InteractionKind kind);

  // What an account did, oldest first.
  absl::Span<const Engagement> Of(AccountOrdinal actor) const { return by_actor_.Of(actor.value()); }

  // Who did something to a post or resource (or an account), impressions left out; by actor, then kind. Includes quiet and
  // erased actors: whoever shows anything made of this asks Contributes first.
  absl::Span<const ItemActor> ActorsOf(storage::ItemKind item_kind, uint32_t ordinal) const;
  absl::Span<const ItemActor> ActorsOf(PostOrdinal post) const { return ActorsOf(storage::ITEM_POST, post.value()); }
  absl::Span<const ItemActor> ActorsOf(ResourceOrdinal resource) const {
    return ActorsOf(storage::ITEM_RESOURCE, resource.value());
  }

  // How many LIKE, SAVE, READ, SHARE, REPLY the item has of contributing accounts, less what our own lists caused.
  uint32_t Popularity(storage::ItemKind item_kind, uint32_t ordinal) const;

  // Whether what this account does may be part of an aggregate, model or statistic that serves others: it exists, is not
  // quiet, and has profiling on.
  bool Contributes(AccountOrdinal account) const {
    return account.value() < contributes_.size() && contributes_[account.value()];
  }

  // All engagements held (standing states and events).
  int64_t size() const { return by_actor_.size(); }

 private:
  void Add(const storage::InteractionRecord& record, int sign);
  void CountPopularity(AccountOrdinal actor, int sign);
  void Refresh(AccountOrdinal account);

  const Catalog& catalog_;
  Adjacency<Engagement> by_actor_;
  Adjacency<ItemActor> by_item_[4];      // indexed by storage::ItemKind
  std::vector<uint32_t> popularity_[4];  // likewise
  std::vector<bool> contributes_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_ENGAGEMENT_H_
