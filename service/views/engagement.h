#ifndef STAFFROOM_SERVICE_VIEWS_ENGAGEMENT_H_
#define STAFFROOM_SERVICE_VIEWS_ENGAGEMENT_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/ordinal.h"
#include "service/engine/engine_limits.h"
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

// LIKE, SAVE, READ, SHARE, REPLY: says that somebody had a use for the item.
inline bool SaysUse(storage::InteractionKind kind) {
  return kind == storage::LIKE || kind == storage::SAVE || kind == storage::READ || kind == storage::SHARE ||
         kind == storage::REPLY;
}

// Who used or reported an item, and how: 4 bytes, so such an engagement costs 16 in both directions. In order of actor; of
// one actor first what says use (SaysUse) and none of our lists led to.
class ItemActor {
 public:
  // 27 bits of actor, one for attributed, four for the kind.
  static constexpr int kKindBits = 4;
  static constexpr int kActBits = kKindBits + 1;
  static_assert(kAccountOrdinals <= 1u << (32 - kActBits));
  ItemActor() = default;
  ItemActor(AccountOrdinal actor, storage::InteractionKind kind, bool attributed = false)
      : packed_(actor.value() << kActBits | (attributed ? 1u : 0u) << kKindBits | CodeOf(kind)) {}
  AccountOrdinal actor() const { return AccountOrdinal(packed_ >> kActBits); }
  storage::InteractionKind kind() const { return kKinds[packed_ % kKinds.size()]; }
  bool attributed() const { return (packed_ >> kKindBits & 1u) != 0; }
  friend constexpr auto operator<=>(ItemActor, ItemActor) = default;

 private:
  // By code; what says use first.
  static constexpr std::array<storage::InteractionKind, 1 << kKindBits> kKinds = {storage::INTERACTION_KIND_UNSPECIFIED,
                                                                                  storage::LIKE,
                                                                                  storage::SAVE,
                                                                                  storage::READ,
                                                                                  storage::SHARE,
                                                                                  storage::REPLY,
                                                                                  storage::REPORT};
  static uint32_t CodeOf(storage::InteractionKind kind) {
    return static_cast<uint32_t>(std::find(kKinds.begin(), kKinds.end(), kind) - kKinds.begin()) % kKinds.size();
  }
  uint32_t packed_ = 0;
};

// What everybody did to items: every standing DISMISS, REPORT, LIKE and SAVE and every event, whatever its target kind.
// (FOLLOW, BLOCK, MUTE, JOIN and mentoring are the graph's.)
//
// What only says that something was on a screen is reported a hundred times as often as anything else, and is kept apart: so
// that nobody who looks for what an account did, or who used a thing, walks over it.
class EngagementView : public View {
 public:
  explicit EngagementView(const Catalog* catalog);

  absl::string_view name() const override { return "engagement"; }
  absl::Status Load(const storage::Snapshot& snapshot) override;
  void Apply(const Change& change) noexcept override;
  void EndBatch() noexcept override;
  uint64_t Digest() const override;
  int64_t Bytes() const override;

  static bool Holds(storage::InteractionKind kind);

  // What an account used, reported or dismissed, oldest first.
  absl::Span<const Engagement> Of(AccountOrdinal actor) const { return acts_.Of(actor.value()); }
  // What it looked at (VIEW, CLICK), and what was put before it (IMPRESSION), oldest first.
  absl::Span<const Engagement> LooksOf(AccountOrdinal actor) const { return looks_.Of(actor.value()); }
  absl::Span<const Engagement> ImpressionsOf(AccountOrdinal actor) const { return impressions_.Of(actor.value()); }

  // Who used or reported a post or resource (or an account), in ItemActor's order. Includes quiet and erased actors: whoever
  // shows anything made of this asks Contributes first.
  absl::Span<const ItemActor> ActorsOf(storage::ItemKind item_kind, uint32_t ordinal) const;
  absl::Span<const ItemActor> ActorsOf(PostOrdinal post) const { return ActorsOf(storage::ITEM_POST, post.value()); }
  absl::Span<const ItemActor> ActorsOf(ResourceOrdinal resource) const {
    return ActorsOf(storage::ITEM_RESOURCE, resource.value());
  }

  // How many contributing accounts liked, saved, read, shared or answered the item. People, not acts: whoever comes back
  // counts once.
  uint32_t Users(storage::ItemKind item_kind, uint32_t ordinal) const { return At(users_[item_kind], ordinal); }
  // The same, less those whom only our own lists led to it: what popularity is made of.
  uint32_t OrganicUsers(storage::ItemKind item_kind, uint32_t ordinal) const {
    return At(organic_users_[item_kind], ordinal);
  }

  // Whether what this account does may be part of an aggregate, model or statistic that serves others: it exists, is in
  // good standing, is not quiet, and has profiling on.
  bool Contributes(AccountOrdinal account) const {
    return account.value() < contributes_.size() && contributes_[account.value()];
  }

  // All engagements held (standing states and events).
  int64_t size() const { return acts_.size() + looks_.size() + impressions_.size(); }

 private:
  // How an account stands to an item.
  struct Use {
    bool organic = false;  // used it, and not because one of our lists led there
    bool any = false;      // used it
  };
  static uint32_t At(const std::vector<uint32_t>& counts, uint32_t i) { return i < counts.size() ? counts[i] : 0; }

  Adjacency<Engagement>& ListOf(storage::InteractionKind kind);
  void Add(const storage::InteractionRecord& record, int sign);
  Use UseOf(AccountOrdinal actor, storage::ItemKind item_kind, uint32_t ordinal) const;
  void CountItemsOf(AccountOrdinal actor, int sign);
  void Refresh(AccountOrdinal account);
  void ForgetActor(AccountOrdinal actor);
  void ForgetItem(storage::ItemKind item_kind, uint32_t ordinal);

  const Catalog& catalog_;
  Adjacency<Engagement> acts_, looks_, impressions_;  // by actor; each engagement is in one of them
  Adjacency<ItemActor> by_item_[4];                   // indexed by storage::ItemKind
  std::vector<uint32_t> users_[4];                    // likewise
  std::vector<uint32_t> organic_users_[4];            // likewise
  std::vector<bool> contributes_;
  std::vector<std::pair<storage::ItemKind, uint32_t>>
      erased_;  // items of this batch: the graph still asks who acted on them
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_ENGAGEMENT_H_
