#include "service/recommend/newest_acts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace staffroom {
namespace {

// How much of what an account did speaks for it, where others ask.
constexpr size_t kActsMax = 256;

struct Act {
  uint32_t time_s;
  Item item;
};

}  // namespace

bool SaysUseInPublic(storage::InteractionKind kind) { return SaysUse(kind) && kind != storage::READ; }

std::vector<Item> NewestItems(const ReadView& view, AccountOrdinal actor, size_t count,
                              bool (*wanted)(storage::InteractionKind)) {
  const absl::Span<const Engagement> engagements = view.engagement.Of(actor);
  std::vector<Act> acts;
  for (size_t i = engagements.size(); i > 0; --i) {
    const Engagement& engagement = engagements[i - 1];
    // A second's acts are taken together: within it the view orders by ordinal.
    if (acts.size() >= count && engagement.time_s != acts.back().time_s) break;
    if (!wanted(static_cast<storage::InteractionKind>(engagement.kind))) continue;
    const Item item(static_cast<storage::ItemKind>(engagement.item_kind), engagement.target);
    if (IsNoticeable(view, item)) acts.push_back({engagement.time_s, item});
  }
  std::sort(acts.begin(), acts.end(), [&](const Act& a, const Act& b) {
    if (a.time_s != b.time_s) return a.time_s > b.time_s;
    if (a.item.kind != b.item.kind) return a.item.kind < b.item.kind;
    return a.item.ordinal != b.item.ordinal && IdOf(view, a.item) < IdOf(view, b.item);
  });
  if (acts.size() > count) acts.resize(count);
  std::vector<Item> items;
  items.reserve(acts.size());
  for (const Act& act : acts) {
    if (std::find(items.begin(), items.end(), act.item) == items.end()) items.push_back(act.item);
  }
  return items;
}

std::vector<uint32_t> ResourcesUsedBy(const ReadView& view, AccountOrdinal actor,
                                      bool (*wanted)(storage::InteractionKind)) {
  std::vector<uint32_t> resources;
  const absl::Span<const Engagement> engagements = view.engagement.Of(actor);
  if (engagements.size() <= kActsMax) {  // all of them: no order matters
    for (const Engagement& engagement : engagements) {
      if (!engagement.resource() || !wanted(static_cast<storage::InteractionKind>(engagement.kind))) continue;
      if (IsNoticeable(view, Item(engagement.resource()))) resources.push_back(engagement.target);
    }
  } else {
    for (const Item item : NewestItems(view, actor, kActsMax, wanted)) {
      if (item.resource()) resources.push_back(item.ordinal);
    }
  }
  std::sort(resources.begin(), resources.end());
  resources.erase(std::unique(resources.begin(), resources.end()), resources.end());
  return resources;
}

}  // namespace staffroom
