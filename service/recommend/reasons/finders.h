#ifndef STAFFROOM_SERVICE_RECOMMEND_REASONS_FINDERS_H_
#define STAFFROOM_SERVICE_RECOMMEND_REASONS_FINDERS_H_

#include "absl/types/optional.h"
#include "service/recommend/asking.h"
#include "service/recommend/candidates.h"
#include "service/recommend/reasons/draft.h"

// One function a kind of reason: nothing when it does not hold. Each looks at the records as they stand, not at what a
// source believed when it proposed the candidate: a later page is answered from the same functions, and stays true.
namespace staffroom {

// From edges (graph_reasons.cc).
absl::optional<DraftReason> FollowedByPeopleYouFollow(const Asking& asking, Item candidate);
absl::optional<DraftReason> FollowsYou(const Asking& asking, Item candidate);
absl::optional<DraftReason> RepliedToYou(const Asking& asking, Item candidate);
absl::optional<DraftReason> SameOrganization(const Asking& asking, Item candidate);

// From what both sides say of themselves (word_reasons.cc).
absl::optional<DraftReason> SharesInterests(const Asking& asking, Item candidate);
absl::optional<DraftReason> SameSubjectAndGrade(const Asking& asking, Item candidate);
absl::optional<DraftReason> PostsAbout(const Asking& asking, Item candidate);
absl::optional<DraftReason> Nearby(const Asking& asking, Item candidate);
// `on_topic`: only when the offer is on a topic of the asker's.
absl::optional<DraftReason> OffersMentoring(const Asking& asking, Item candidate, bool on_topic);

// From what others used (taste_reasons.cc); `evidence` as co_engagement left it. Fewer teachers than `least` are spoken of
// only for what they did where others could see it.
absl::optional<DraftReason> EngagedBySimilarTeachers(const Asking& asking, Item candidate, const Evidence& evidence,
                                                     int least);

// From what the whole platform could say (general_reasons.cc).
absl::optional<DraftReason> New(const Asking& asking, Item candidate);
absl::optional<DraftReason> Popular(const Asking& asking, Item candidate, int least);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_REASONS_FINDERS_H_
