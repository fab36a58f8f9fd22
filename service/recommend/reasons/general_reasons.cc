#include <cstdint>

#include "absl/types/optional.h"
#include "service/recommend/popular_items.h"
#include "service/recommend/reasons/finders.h"

namespace staffroom {
namespace {

constexpr int64_t kNewSeconds = 30 * 86'400;

// How many people have used the resource, up to `enough`: popularity counts acts, a reason speaks of people. Fewer acts than
// that, less those that our own lists caused, and nobody need be counted.
int UsersOf(const Asking& asking, ResourceOrdinal resource, int enough) {
  if (int64_t{PopularityOf(asking.view, resource)} < enough) return 0;
  int users = 0;
  AccountOrdinal last;
  for (const ItemActor item_actor : asking.view.engagement.ActorsOf(resource)) {
    if (item_actor.actor() == last || !asking.view.engagement.Contributes(item_actor.actor())) continue;
    if (!EngagementView::CountsAsPopular(item_actor.kind())) continue;
    last = item_actor.actor();
    if (++users == enough) break;
  }
  return users;
}

}  // namespace

absl::optional<DraftReason> New(const Asking& asking, Item candidate) {
  const uint32_t came_s = candidate.account() ? asking.view.catalog.account(candidate.account()).create_time_s
                                              : asking.view.catalog.resource(candidate.resource()).publish_time_s;
  if (came_s == 0 || came_s + kNewSeconds < asking.now_s) return absl::nullopt;
  return DraftReason{ReasonKind::kNew, {}, 0, ""};
}

absl::optional<DraftReason> Popular(const Asking& asking, Item candidate, int least) {
  const int people = candidate.account() ? static_cast<int>(asking.view.graph.OrganicFollowerCount(candidate.account()))
                                         : UsersOf(asking, candidate.resource(), least);
  if (people < least) return absl::nullopt;
  return DraftReason{ReasonKind::kPopular, {}, 0, ""};
}

}  // namespace staffroom
