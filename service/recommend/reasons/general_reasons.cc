#include <cstdint>

#include "absl/types/optional.h"
#include "service/recommend/reasons/finders.h"

namespace staffroom {
namespace {

constexpr int64_t kNewSeconds = 30 * 86'400;

// How many chose it without one of our lists.
uint32_t PeopleOf(const ReadView& view, Item item) {
  return item.account() ? view.graph.OrganicFollowerCount(item.account())
                        : view.engagement.OrganicUsers(item.kind, item.ordinal);
}

}  // namespace

absl::optional<DraftReason> New(const Asking& asking, Item candidate) {
  const uint32_t came_s = candidate.account() ? asking.view.catalog.account(candidate.account()).create_time_s
                                              : asking.view.catalog.resource(candidate.resource()).publish_time_s;
  if (came_s == 0 || came_s + kNewSeconds < asking.now_s) return absl::nullopt;
  return DraftReason{ReasonKind::kNew, {}, 0, ""};
}

absl::optional<DraftReason> Popular(const Asking& asking, Item candidate, int least) {
  if (int64_t{PeopleOf(asking.view, candidate)} < least) return absl::nullopt;
  return DraftReason{ReasonKind::kPopular, {}, 0, ""};
}

}  // namespace staffroom
