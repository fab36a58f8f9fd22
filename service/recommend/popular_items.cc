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
#include "service/recommend/best_of.h"

namespace staffroom {
namespace {

constexpr uint32_t kRepliersCounted = 1'000;
constexpr float kNewness = 4.0f;
constexpr float kNewnessHalfLifeSeconds = 30.0f * 86'400.0f;
constexpr float kOne = 1 << 16;
// At about 70 ns an item: 0.3 ms.
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

// Drops what is worse than the `count`-th best and keeps whatever ties with it: which of the tied are met first is chance.
void KeepBestAndTied(size_t count, std::vector<Scored>* items) {
  if (items->size() <= count) return;
  const auto better = [](const Scored& a, const Scored& b) { return a.score > b.score; };
  const auto cut = items->begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(items->begin(), cut, items->end(), better);
  const uint64_t least = cut->score;
  items->erase(std::remove_if(cut, items->end(), [&](const Scored& item) { return item.score < least; }), items->end());
}

std::vector<uint32_t> Hottest(storage::ItemKind kind, Read read, uint32_t now_s) {
  std::vector<Scored> kept;
  bool more = true;
  for (uint32_t begin = 1; more; begin += kSliceItems) {
    read([&](const ReadView& view) {
      const uint32_t limit = LimitOf(view, kind);
      const uint32_t end = std::min(limit, begin + kSliceItems);
      for (uint32_t ordinal = begin; ordinal < end; ++ordinal) {
        const Item item(kind, ordinal);
        if (CouldBeShown(view, item)) kept.push_back({HeatOf(view, item, now_s), ordinal});
      }
      KeepBestAndTied(PopularItems::kKept, &kept);
      more = end < limit;
    });
  }
  std::vector<uint32_t> ordinals;
  read([&](const ReadView& view) {
    CutToBest(view, kind, PopularItems::kKept, &kept);
    std::sort(kept.begin(), kept.end(), [&](const Scored& a, const Scored& b) {
      return a.score != b.score ? a.score > b.score
                                : IdOf(view, Item(kind, a.ordinal)) < IdOf(view, Item(kind, b.ordinal));
    });
  });
  for (const Scored& scored : kept) ordinals.push_back(scored.ordinal);
  return ordinals;
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
  return view.engagement.Popularity(storage::ITEM_RESOURCE, resource.value());
}

uint32_t LastSeenOf(const ReadView& view, Item item) {
  if (item.kind == storage::ITEM_RESOURCE) return view.catalog.resource(item.resource()).publish_time_s;
  const uint32_t created_s = view.catalog.account(item.account()).create_time_s;
  // A post that only some may read is no sign for everybody.
  const auto posts = view.catalog.PostsBy(item.account());
  for (size_t i = posts.size(); i > 0; --i) {
    const PostEntry& post = view.catalog.post(posts[i - 1]);
    if (post.audience == storage::PUBLIC && post.state == storage::ACTIVE)
      return std::max(created_s, post.create_time_s);
  }
  return created_s;
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
