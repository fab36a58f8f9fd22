#include "service/recommend/popular_items.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "service/base/digest.h"
#include "service/recommend/best_of.h"

namespace staffroom {
namespace {

constexpr uint32_t kRepliersCounted = 1'000;
constexpr float kNewness = 4.0f;
constexpr float kNewnessHalfLifeSeconds = 30.0f * 86'400.0f;
constexpr float kOne = 1 << 16;
// Some tens of nanoseconds an item: well under a millisecond.
constexpr uint32_t kSliceItems = 4'096;

using Read = absl::FunctionRef<void(absl::FunctionRef<void(const ReadView&)>)>;

uint32_t LimitOf(const ReadView& view, storage::ItemKind kind) {
  return kind == storage::ITEM_ACCOUNT ? view.catalog.account_limit() : view.catalog.resource_limit();
}

// Things that somebody could be shown.
bool CouldBeShown(const ReadView& view, Item item) {
  if (!IsNoticeable(view, item) || !IsActive(view, item)) return false;
  for (const AccountOrdinal owner : OwnersOf(view, item)) {
    if (owner && view.catalog.account(owner).exposure == storage::NOBODY) return false;
  }
  return true;
}

bool IsHotter(const Scored& a, const Scored& b) { return a.score > b.score; }

void KeepHottest(std::vector<Scored>* items) {
  if (items->size() <= PopularItems::kKept) return;
  const auto cut = items->begin() + static_cast<std::ptrdiff_t>(PopularItems::kKept);
  std::nth_element(items->begin(), cut, items->end(), IsHotter);
  items->erase(cut, items->end());
}

PopularItems::List Hottest(storage::ItemKind kind, Read read, uint32_t now_s) {
  PopularItems::List list;
  std::vector<Scored> kept;
  bool more = true;
  for (uint32_t begin = 1; more; begin += kSliceItems) {
    read([&](const ReadView& view) {
      const uint32_t limit = LimitOf(view, kind);
      const uint32_t end = std::min(limit, begin + kSliceItems);
      for (uint32_t ordinal = begin; ordinal < end; ++ordinal) {
        const Item item(kind, ordinal);
        if (!CouldBeShown(view, item)) continue;
        kept.push_back({HeatOrder(view, item, now_s), ordinal});
      }
      more = end < limit;
      list.limit = limit;
    });
    if (kept.size() > 2 * PopularItems::kKept) KeepHottest(&kept);
  }
  KeepHottest(&kept);
  std::sort(kept.begin(), kept.end(), IsHotter);
  list.hottest.reserve(kept.size());
  for (const Scored& scored : kept) list.hottest.push_back(scored.ordinal);
  return list;
}

}  // namespace

uint32_t PopularityOf(const ReadView& view, AccountOrdinal account) {
  uint32_t repliers = 0;
  AccountOrdinal last;
  for (const AccountOrdinal replier : view.graph.RepliersTo(account)) {
    if (replier != last && view.engagement.Contributes(replier) && ++repliers == kRepliersCounted) break;
    last = replier;
  }
  return view.graph.OrganicFollowerCount(account) + repliers;
}

uint32_t PopularityOf(const ReadView& view, ResourceOrdinal resource) {
  return view.engagement.OrganicUsers(storage::ITEM_RESOURCE, resource.value());
}

uint32_t LastSeenOf(const ReadView& view, Item item) {
  if (item.kind == storage::ITEM_RESOURCE) return view.catalog.resource(item.resource()).publish_time_s;
  return view.catalog.last_seen_s(item.account());
}

uint64_t HeatOf(const ReadView& view, Item item, uint32_t now_s) {
  const uint32_t popularity =
      item.kind == storage::ITEM_ACCOUNT ? PopularityOf(view, item.account()) : PopularityOf(view, item.resource());
  const uint32_t seen_s = LastSeenOf(view, item);
  float heat = std::log2(1.0f + static_cast<float>(popularity));
  if (seen_s != 0) {
    const float age_s = now_s > seen_s ? static_cast<float>(now_s - seen_s) : 0.0f;
    heat += kNewness * std::exp2(-age_s / kNewnessHalfLifeSeconds);
  }
  return static_cast<uint64_t>(std::llround(heat * kOne));
}

uint64_t HeatOrder(const ReadView& view, Item item, uint32_t now_s) {
  constexpr int kHashBits = 40;  // heat takes 22: 16 after the point, and at most 36 before it
  const uint64_t hash = RecordHash().Add(IdOf(view, item)).Finish();
  return HeatOf(view, item, now_s) << kHashBits | hash >> (64 - kHashBits);
}

void PopularItems::Rebuild(Read read, absl::Time now) {
  const uint32_t now_s = static_cast<uint32_t>(std::max<int64_t>(absl::ToUnixSeconds(now), 0));
  auto lists = std::make_shared<Lists>();
  lists->accounts = Hottest(storage::ITEM_ACCOUNT, read, now_s);
  lists->resources = Hottest(storage::ITEM_RESOURCE, read, now_s);
  MutexLock lock(&mutex_);
  lists_ = std::move(lists);
}

std::shared_ptr<const PopularItems::Lists> PopularItems::Current() const {
  MutexLock lock(&mutex_);
  return lists_;
}

}  // namespace staffroom
