#ifndef STAFFROOM_SERVICE_RECOMMEND_REASONS_SENTENCES_H_
#define STAFFROOM_SERVICE_RECOMMEND_REASONS_SENTENCES_H_

#include <string>

#include "service/recommend/asking.h"
#include "service/recommend/reasons/draft.h"

namespace staffroom {

// The reason in one English sentence of at most 512 bytes. `told_count` is the count that may be told, 0 when none may: no
// other number is in the sentence. Names only what `draft` names, and the candidate.
std::string SentenceFor(const Asking& asking, Item candidate, const DraftReason& draft, int told_count);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_REASONS_SENTENCES_H_
