#include "service/recommend/reasons/draft.h"

#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "service/recommend/reasons/sentences.h"

namespace staffroom {
namespace {

// OFFERS_MENTORING names an account for its offer; every other reason that names an account would be read as speaking of
// whom it reads.
bool MayBeNamedIn(const Asking& asking, ReasonKind kind, Item item) {
  if (item.kind == storage::ITEM_ACCOUNT && kind != ReasonKind::kOffersMentoring) {
    return MayNameFollowsOf(asking, item.account());
  }
  return MayBeNamed(asking, item);
}

}  // namespace

absl::optional<Reason> Finish(const Asking& asking, const ReasonOptions& options, Item candidate,
                              const DraftReason& draft) {
  Reason reason;
  reason.kind = draft.kind;
  for (const Item item : draft.named) {
    if (!item) continue;
    if (!MayBeNamedIn(asking, draft.kind, item)) return absl::nullopt;
    std::vector<std::string>& ids = item.kind == storage::ITEM_ACCOUNT ? reason.account_ids
                                    : item.kind == storage::ITEM_POST  ? reason.post_ids
                                                                       : reason.resource_ids;
    ids.emplace_back(IdOf(asking.view, item));
  }
  reason.count = draft.count >= options.min_named_count ? draft.count : 0;
  reason.topic = draft.topic;
  reason.text = SentenceFor(asking, candidate, draft, reason.count);
  return reason;
}

}  // namespace staffroom
