#include "service/views/engagement.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "service/base/digest.h"
#include "service/base/ordinal.h"
#include "service/engine/change.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

Engagement FromRecord(const storage::InteractionRecord& record) {
  Engagement engagement;
  engagement.time_s = static_cast<uint32_t>(std::max<int64_t>(record.event_time(), 0) / 1'000'000);
  engagement.target = record.target();
  engagement.item_kind = static_cast<uint8_t>(record.target_kind());
  engagement.kind = static_cast<uint8_t>(record.kind());
  engagement.weight_percent =
      static_cast<uint16_t>(std::lround(std::clamp(record.weight(), 0.0f, 10.0f) * 100.0f)) & 0x7fff;
  engagement.attributed = record.attributed() ? 1 : 0;
  return engagement;
}

absl::string_view TargetId(const Catalog& catalog, const Engagement& engagement) {
  switch (engagement.item_kind) {
    case storage::ITEM_ACCOUNT:
      return catalog.account(engagement.account()).id.view();
    case storage::ITEM_POST:
      return catalog.post(engagement.post()).id.view();
    default:
      return catalog.resource(engagement.resource()).id.view();
  }
}

void Count(std::vector<uint32_t>& counts, uint32_t ordinal, int change) {
  if (change == 0) return;
  if (ordinal >= counts.size()) counts.resize(ordinal + 1);
  counts[ordinal] += static_cast<uint32_t>(change);
}

}  // namespace

EngagementView::EngagementView(const Catalog* catalog) : catalog_(*catalog) {}

bool EngagementView::Holds(storage::InteractionKind kind) {
  switch (kind) {
    case storage::DISMISS:
    case storage::REPORT:
    case storage::LIKE:
    case storage::SAVE:
      return true;
    default:
      return kind >= storage::IMPRESSION;
  }
}

bool EngagementView::CountsAsPopular(storage::InteractionKind kind) {
  return kind == storage::LIKE || kind == storage::SAVE || kind == storage::READ || kind == storage::SHARE ||
         kind == storage::REPLY;
}

absl::Status EngagementView::Load(const storage::Snapshot& snapshot) {
  contributes_.resize(catalog_.account_limit());
  for (uint32_t i = 1; i < catalog_.account_limit(); ++i) Refresh(AccountOrdinal(i));
  const auto add = [this](const storage::InteractionRecord& record) {
    if (Holds(record.kind()) && !record.deleted()) Add(record, +1);
    return absl::OkStatus();
  };
  const absl::Status status = storage::ScanEdges(snapshot, add);
  return status.ok() ? storage::ScanEvents(snapshot, add) : status;
}

void EngagementView::Apply(const Change& change) noexcept {
  if (const auto* account = std::get_if<AccountChanged>(&change)) Refresh(AccountOrdinal(account->record.ordinal()));
  if (const auto* account = std::get_if<AccountErased>(&change)) Refresh(account->account);
  if (const auto* interaction = std::get_if<InteractionChanged>(&change)) {
    if (!Holds(interaction->record.kind())) return;
    if (interaction->before.has_value() && !interaction->before->deleted()) Add(*interaction->before, -1);
    if (!interaction->record.deleted()) Add(interaction->record, +1);
  }
  if (const auto* erased = std::get_if<InteractionErased>(&change)) {
    if (Holds(erased->record.kind()) && !erased->record.deleted()) Add(erased->record, -1);
  }
}

void EngagementView::Add(const storage::InteractionRecord& record, int sign) {
  const Engagement engagement = FromRecord(record);
  const AccountOrdinal actor(record.actor());
  if (sign > 0) {
    by_actor_.Add(actor.value(), engagement);
  } else {
    by_actor_.Remove(actor.value(), engagement);
  }
  if (record.kind() == storage::IMPRESSION) return;
  Adjacency<ItemActor>& actors = by_item_[record.target_kind()];
  const ItemActor item_actor(actor, record.kind(), record.attributed());
  const Use before = UseOf(actor, record.target_kind(), record.target());
  if (sign > 0) {
    actors.Add(record.target(), item_actor);
  } else {
    actors.Remove(record.target(), item_actor);
  }
  if (!Contributes(actor)) return;
  const Use after = UseOf(actor, record.target_kind(), record.target());
  Count(popularity_[record.target_kind()], record.target(), after.unattributed - before.unattributed);
  Count(users_[record.target_kind()], record.target(), after.any - before.any);
}

// Two binary searches, whatever else the actor did to the item: ItemActor sorts what is looked for to the front.
EngagementView::Use EngagementView::UseOf(AccountOrdinal actor, storage::ItemKind item_kind, uint32_t ordinal) const {
  const absl::Span<const ItemActor> acts = ActorsOf(item_kind, ordinal);
  const auto has = [&](bool attributed) {
    const auto first =
        std::lower_bound(acts.begin(), acts.end(), ItemActor(actor, storage::INTERACTION_KIND_UNSPECIFIED, attributed));
    return first != acts.end() && first->actor() == actor && first->attributed() == attributed &&
           CountsAsPopular(first->kind());
  };
  const bool unattributed = has(false);
  return {unattributed, unattributed || has(true)};
}

void EngagementView::CountItemsOf(AccountOrdinal actor, int sign) {
  std::vector<std::pair<uint8_t, uint32_t>> items;
  for (const Engagement& engagement : Of(actor)) {
    if (CountsAsPopular(static_cast<storage::InteractionKind>(engagement.kind)))
      items.emplace_back(engagement.item_kind, engagement.target);
  }
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  for (const auto& [item_kind, target] : items) {
    const Use use = UseOf(actor, static_cast<storage::ItemKind>(item_kind), target);
    Count(popularity_[item_kind], target, use.unattributed ? sign : 0);
    Count(users_[item_kind], target, use.any ? sign : 0);
  }
}

void EngagementView::Refresh(AccountOrdinal account) {
  if (account.value() >= contributes_.size()) contributes_.resize(account.value() + 1);
  const AccountEntry& entry = catalog_.account(account);
  const bool contributes = entry.exists() && entry.state == storage::ACTIVE && !entry.quiet() && !entry.profiling_off;
  if (contributes == contributes_[account.value()]) return;
  contributes_[account.value()] = contributes;
  CountItemsOf(account, contributes ? +1 : -1);
}

absl::Span<const ItemActor> EngagementView::ActorsOf(storage::ItemKind item_kind, uint32_t ordinal) const {
  return by_item_[item_kind].Of(ordinal);
}

uint64_t EngagementView::Digest() const {
  uint64_t sum = 0;
  for (uint32_t actor = 1; actor < by_actor_.limit(); ++actor) {
    const AccountEntry& entry = catalog_.account(AccountOrdinal(actor));
    if (!entry.present) continue;
    for (const Engagement& engagement : Of(AccountOrdinal(actor))) {
      const absl::string_view target = TargetId(catalog_, engagement);
      if (target.empty()) continue;  // erased, its purge under way
      RecordHash hash;
      hash.Add("engagement").Add(entry.id.view()).Add(engagement.kind).Add(engagement.item_kind).Add(target);
      sum += hash.Add(engagement.time_s).Add(engagement.weight_percent).Add(engagement.attributed).Finish();
    }
  }
  for (int kind = storage::ITEM_ACCOUNT; kind <= storage::ITEM_RESOURCE; ++kind) {
    for (uint32_t ordinal = 1; ordinal < by_item_[kind].limit(); ++ordinal) {
      Engagement item;
      item.item_kind = static_cast<uint8_t>(kind);
      item.target = ordinal;
      const absl::string_view target = TargetId(catalog_, item);
      if (target.empty()) continue;
      for (const ItemActor actor : by_item_[kind].Of(ordinal)) {
        const AccountEntry& entry = catalog_.account(actor.actor());
        if (!entry.present) continue;
        RecordHash hash;
        hash.Add("actor").Add(static_cast<uint64_t>(kind)).Add(target);
        hash.Add(static_cast<uint64_t>(actor.kind())).Add(actor.attributed());
        sum += hash.Add(entry.id.view()).Finish();
      }
      const uint32_t popularity = Popularity(static_cast<storage::ItemKind>(kind), ordinal);
      const uint32_t users = Users(static_cast<storage::ItemKind>(kind), ordinal);
      if (users != 0) {
        RecordHash hash;
        hash.Add("users").Add(static_cast<uint64_t>(kind)).Add(target);
        sum += hash.Add(popularity).Add(users).Finish();
      }
    }
  }
  return sum;
}

int64_t EngagementView::Bytes() const {
  int64_t bytes = by_actor_.bytes() + static_cast<int64_t>(contributes_.capacity() / 8);
  for (const Adjacency<ItemActor>& actors : by_item_) bytes += actors.bytes();
  for (int kind = storage::ITEM_ACCOUNT; kind <= storage::ITEM_RESOURCE; ++kind)
    bytes += static_cast<int64_t>((popularity_[kind].capacity() + users_[kind].capacity()) * sizeof(uint32_t));
  return bytes;
}

}  // namespace staffroom
