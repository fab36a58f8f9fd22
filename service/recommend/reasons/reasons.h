#ifndef STAFFROOM_SERVICE_RECOMMEND_REASONS_REASONS_H_
#define STAFFROOM_SERVICE_RECOMMEND_REASONS_REASONS_H_

#include <vector>

#include "absl/types/optional.h"
#include "service/recommend/answer.h"
#include "service/recommend/asking.h"
#include "service/recommend/reasons/anchors.h"
#include "service/recommend/reasons/draft.h"

namespace staffroom {

// Says why, for the results of one request.
//
// A reason is the part of an answer that a teacher believes, so it is held to more than the ranking is: it must be true by
// the records at this revision, speak only of what the asker may see, and give nobody away. Reasons about the asker come
// first; POPULAR and NEW are what is left to say when none of those holds.
class Reasons {
 public:
  Reasons(const Asking& asking, ReasonOptions options) : asking_(asking), options_(options) {}

  // At most 3, the strongest first. `evidence` as the sources left it.
  std::vector<Reason> For(Item candidate, const Evidence& evidence);

 private:
  // Finishes the draft, if there is one, into the list, if there is room.
  void Add(Item candidate, const absl::optional<DraftReason>& draft, std::vector<Reason>* reasons) const;
  const Anchors& anchors();

  const Asking& asking_;
  const ReasonOptions options_;
  absl::optional<Anchors> anchors_;  // found when first needed
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_REASONS_REASONS_H_
