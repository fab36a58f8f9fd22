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

// Empty when the item is erased.
absl::string_view IdOf(const Catalog& catalog, int item_kind, uint32_t ordinal) {
  switch (item_kind) {
    case storage::ITEM_ACCOUNT:
      return catalog.account(AccountOrdinal(ordinal)).id.view();
    case storage::ITEM_POST:
      return catalog.post(PostOrdinal(ordinal)).id.view();
    default:
      return catalog.resource(ResourceOrdinal(ordinal)).id.view();
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

absl::Status EngagementView::Load(const storage::Snapshot& snapshot) {
  contributes_.resize(catalog_.account_limit());
  for (uint32_t i = 1; i < catalog_.account_limit(); ++i) Refresh(AccountOrdinal(i));
  const auto add = [this](const storage::InteractionRecord& record) {
    if (Holds(record.kind()) && !record.deleted()) Add(record, +1);
    return absl::OkStatus();
  };
  absl::Status status = storage::ScanEdges(snapshot, add);
  if (status.ok()) status = storage::ScanEvents(snapshot, add);
  if (!status.ok()) return status;
  return storage::ScanPurges(snapshot, [this](const storage::Item& item, int64_t) {
    if (item.kind == storage::ITEM_ACCOUNT) ForgetActor(AccountOrdinal(item.ordinal));
    ForgetItem(item.kind, item.ordinal);
    return absl::OkStatus();
  });
}

void EngagementView::Apply(const Change& change) noexcept {
  if (const auto* account = std::get_if<AccountChanged>(&change)) Refresh(AccountOrdinal(account->record.ordinal()));
  if (const auto* account = std::get_if<AccountErased>(&change)) {
    Refresh(account->account);
    ForgetActor(account->account);
    erased_.emplace_back(storage::ITEM_ACCOUNT, account->account.value());
  }
  if (const auto* post = std::get_if<PostErased>(&change)) erased_.emplace_back(storage::ITEM_POST, post->post.value());
  if (const auto* resource = std::get_if<ResourceErased>(&change)) {
    erased_.emplace_back(storage::ITEM_RESOURCE, resource->resource.value());
  }
  if (const auto* interaction = std::get_if<InteractionChanged>(&change)) {
    if (!Holds(interaction->record.kind())) return;
    if (interaction->before.has_value() && !interaction->before->deleted()) Add(*interaction->before, -1);
    if (!interaction->record.deleted()) Add(interaction->record, +1);
  }
  if (const auto* erased = std::get_if<InteractionErased>(&change)) {
    if (Holds(erased->record.kind()) && !erased->record.deleted()) Add(erased->record, -1);
  }
}

void EngagementView::EndBatch() noexcept {
  for (const auto& [item_kind, ordinal] : erased_) ForgetItem(item_kind, ordinal);
  erased_.clear();
}

// What an erased account did, and what was done to an erased item, leaves the lists of the erased at once: nobody asks for it
// any more, and its purge, which then finds nothing in them, has only the short lists of the others to change.
void EngagementView::ForgetActor(AccountOrdinal actor) {
  for (Adjacency<Engagement>* const list : {&acts_, &looks_, &impressions_}) list->Clear(actor.value());
}

void EngagementView::ForgetItem(storage::ItemKind item_kind, uint32_t ordinal) { by_item_[item_kind].Clear(ordinal); }

Adjacency<Engagement>& EngagementView::ListOf(storage::InteractionKind kind) {
  if (kind == storage::IMPRESSION) return impressions_;
  return kind == storage::VIEW || kind == storage::CLICK ? looks_ : acts_;
}

void EngagementView::Add(const storage::InteractionRecord& record, int sign) {
  const AccountOrdinal actor(record.actor());
  if (sign > 0) {
    ListOf(record.kind()).Add(actor.value(), FromRecord(record));
  } else {
    ListOf(record.kind()).Remove(actor.value(), FromRecord(record));
  }
  if (!SaysUse(record.kind()) && record.kind() != storage::REPORT) return;
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
  Count(users_[record.target_kind()], record.target(), after.any - before.any);
  Count(organic_users_[record.target_kind()], record.target(), after.organic - before.organic);
}

// Two binary searches, whatever else the actor did to the item: ItemActor sorts what is looked for to the front.
EngagementView::Use EngagementView::UseOf(AccountOrdinal actor, storage::ItemKind item_kind, uint32_t ordinal) const {
  const absl::Span<const ItemActor> acts = ActorsOf(item_kind, ordinal);
  const auto has = [&](bool attributed) {
    const auto first =
        std::lower_bound(acts.begin(), acts.end(), ItemActor(actor, storage::INTERACTION_KIND_UNSPECIFIED, attributed));
    return first != acts.end() && first->actor() == actor && first->attributed() == attributed &&
           SaysUse(first->kind());
  };
  const bool organic = has(false);
  return {organic, organic || has(true)};
}

void EngagementView::CountItemsOf(AccountOrdinal actor, int sign) {
  std::vector<std::pair<uint8_t, uint32_t>> items;
  for (const Engagement& engagement : Of(actor)) {
    if (SaysUse(static_cast<storage::InteractionKind>(engagement.kind)))
      items.emplace_back(engagement.item_kind, engagement.target);
  }
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  for (const auto& [item_kind, target] : items) {
    const Use use = UseOf(actor, static_cast<storage::ItemKind>(item_kind), target);
    Count(users_[item_kind], target, use.any ? sign : 0);
    Count(organic_users_[item_kind], target, use.organic ? sign : 0);
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
  for (const Adjacency<Engagement>* const list : {&acts_, &looks_, &impressions_}) {
    for (uint32_t actor = 1; actor < list->limit(); ++actor) {
      const AccountEntry& entry = catalog_.account(AccountOrdinal(actor));
      if (!entry.present) continue;
      for (const Engagement& engagement : list->Of(actor)) {
        const absl::string_view target = IdOf(catalog_, engagement.item_kind, engagement.target);
        if (target.empty()) continue;  // erased, its purge under way
        RecordHash hash;
        hash.Add("engagement").Add(entry.id.view()).Add(engagement.kind).Add(engagement.item_kind).Add(target);
        sum += hash.Add(engagement.time_s).Add(engagement.weight_percent).Add(engagement.attributed).Finish();
      }
    }
  }
  for (int kind = storage::ITEM_ACCOUNT; kind <= storage::ITEM_RESOURCE; ++kind) {
    for (uint32_t ordinal = 1; ordinal < by_item_[kind].limit(); ++ordinal) {
      const absl::string_view target = IdOf(catalog_, kind, ordinal);
      if (target.empty()) continue;
      for (const ItemActor actor : by_item_[kind].Of(ordinal)) {
        const AccountEntry& entry = catalog_.account(actor.actor());
        if (!entry.present) continue;
        RecordHash hash;
        hash.Add("actor").Add(static_cast<uint64_t>(kind)).Add(target);
        hash.Add(static_cast<uint64_t>(actor.kind())).Add(actor.attributed());
        sum += hash.Add(entry.id.view()).Finish();
      }
      const uint32_t users = Users(static_cast<storage::ItemKind>(kind), ordinal);
      if (users != 0) {
        RecordHash hash;
        hash.Add("users").Add(static_cast<uint64_t>(kind)).Add(target);
        sum += hash.Add(OrganicUsers(static_cast<storage::ItemKind>(kind), ordinal)).Add(users).Finish();
      }
    }
  }
  return sum;
}

int64_t EngagementView::Bytes() const {
  int64_t bytes = acts_.bytes() + looks_.bytes() + impressions_.bytes();
  bytes += static_cast<int64_t>(contributes_.capacity() / 8);
  for (const Adjacency<ItemActor>& actors : by_item_) bytes += actors.bytes();
  for (int kind = storage::ITEM_ACCOUNT; kind <= storage::ITEM_RESOURCE; ++kind)
    bytes += static_cast<int64_t>((users_[kind].capacity() + organic_users_[kind].capacity()) * sizeof(uint32_t));
  return bytes;
}

}  // namespace staffroom
