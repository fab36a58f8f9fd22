#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/recommend/newest_acts.h"
#include "service/recommend/reasons/finders.h"
#include "service/recommend/similar_teachers.h"

namespace staffroom {
namespace {

bool Used(const ReadView& view, AccountOrdinal account, Item item, bool (*wanted)(storage::InteractionKind)) {
  const absl::Span<const ItemActor> acts = view.engagement.ActorsOf(item.kind, item.ordinal);
  const ItemActor first(account, storage::INTERACTION_KIND_UNSPECIFIED);
  for (auto act = std::lower_bound(acts.begin(), acts.end(), first); act != acts.end() && act->actor() == account;
       ++act) {
    if (wanted(act->kind())) return true;
  }
  return false;
}

// A thing in common that is still the asker's and may be spoken of.
bool Holds(const Asking& asking, Item item) {
  return item && item.kind != storage::ITEM_ACCOUNT && Used(asking.view, asking.asker, item, SaysUse) &&
         MayBeNamed(asking, item);
}

// The candidate is itself the similar teacher. Only what it did where others could see it is told of, and not at all when it
// hides its follows.
absl::optional<DraftReason> IsSimilar(const Asking& asking, AccountOrdinal account, const Evidence& evidence) {
  if (asking.view.catalog.account(account).follows_hidden || !IsSimilarTeacher(asking, account)) return absl::nullopt;
  DraftReason draft{ReasonKind::kEngagedBySimilarTeachers, {}, 0, ""};
  size_t named = 0;
  for (const Item item : evidence) {
    if (Holds(asking, item) && Used(asking.view, account, item, SaysUseInPublic)) draft.named[named++] = item;
  }
  if (named == 0) return absl::nullopt;
  return draft;
}

// Teachers with an act that satisfies `wanted` on a thing in common, and one on the candidate.
absl::optional<DraftReason> UsedByTeachers(const Asking& asking, Item candidate, const Evidence& evidence,
                                           bool (*wanted)(storage::InteractionKind)) {
  DraftReason draft{ReasonKind::kEngagedBySimilarTeachers, {}, 0, ""};
  size_t named = 0;
  std::vector<AccountOrdinal> teachers;
  for (const Item item : evidence) {
    if (!Holds(asking, item)) continue;
    const size_t before = teachers.size();
    ForEachUser(asking.view, item, wanted, [&](AccountOrdinal user) {
      if (Used(asking.view, user, candidate, wanted) && IsSimilarTeacher(asking, user)) teachers.push_back(user);
    });
    if (teachers.size() > before) draft.named[named++] = item;
  }
  if (named == 0) return absl::nullopt;
  std::sort(teachers.begin(), teachers.end());
  draft.count = static_cast<int>(std::unique(teachers.begin(), teachers.end()) - teachers.begin());
  return draft;
}

}  // namespace

// "Teachers who used this" is true of one. Said of one, or of a few, it tells what they read; so reading counts only in a
// crowd of `least`, and what others could see anyway stands for itself.
absl::optional<DraftReason> EngagedBySimilarTeachers(const Asking& asking, Item candidate, const Evidence& evidence,
                                                     int least) {
  if (!asking.asker || !asking.profiled) return absl::nullopt;
  if (candidate.account()) return IsSimilar(asking, candidate.account(), evidence);
  const absl::optional<DraftReason> of_all = UsedByTeachers(asking, candidate, evidence, SaysUse);
  if (!of_all.has_value() || of_all->count >= least) return of_all;
  return UsedByTeachers(asking, candidate, evidence, SaysUseInPublic);
}

}  // namespace staffroom
