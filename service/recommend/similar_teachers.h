#ifndef STAFFROOM_SERVICE_RECOMMEND_SIMILAR_TEACHERS_H_
#define STAFFROOM_SERVICE_RECOMMEND_SIMILAR_TEACHERS_H_

#include "absl/functional/function_ref.h"
#include "service/recommend/asking.h"
#include "service/recommend/item.h"

namespace staffroom {

// Things that more people used than this say nothing about any two of them, and take long to go through.
inline constexpr uint32_t kTellingUsersMax = 2'000;

// Whether what the account used may stand, uncounted and unnamed, behind a recommendation to the asker: a teacher that
// contributes, may be shown to the asker, is not the asker, and with no block or mute between them.
bool IsSimilarTeacher(const Asking& asking, AccountOrdinal account);

// Calls `visit` once for each contributing account with an act on the item that satisfies `wanted`, in order of ordinal.
void ForEachUser(const ReadView& view, Item item, bool (*wanted)(storage::InteractionKind),
                 absl::FunctionRef<void(AccountOrdinal)> visit);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_SIMILAR_TEACHERS_H_
