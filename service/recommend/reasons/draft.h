#ifndef STAFFROOM_SERVICE_RECOMMEND_REASONS_DRAFT_H_
#define STAFFROOM_SERVICE_RECOMMEND_REASONS_DRAFT_H_

#include <string>

#include "absl/types/optional.h"
#include "service/recommend/answer.h"
#include "service/recommend/asking.h"

namespace staffroom {

struct ReasonOptions {
  // A count below this is not told (contract: a flag; 5).
  int min_named_count = 5;
};

// What was found to speak for a candidate, not yet fit to be told. The only way from here to a Reason is Finish.
struct DraftReason {
  ReasonKind kind = ReasonKind::kPopular;
  Evidence named;     // accounts, posts or resources to name
  int count = 0;      // how many there are in all, named or not
  std::string topic;  // at most 128 bytes
};

// Checks once more, under the same view, that whatever is named may be named to this asker (and its follows spoken of,
// where the reason does), withholds small counts and writes the sentence. Nothing when a check fails.
absl::optional<Reason> Finish(const Asking& asking, const ReasonOptions& options, Item candidate,
                              const DraftReason& draft);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_REASONS_DRAFT_H_
