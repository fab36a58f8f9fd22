#ifndef STAFFROOM_SERVICE_RECOMMEND_NEWEST_ACTS_H_
#define STAFFROOM_SERVICE_RECOMMEND_NEWEST_ACTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/recommend/item.h"
#include "service/views/engagement.h"
#include "service/views/read_view.h"

namespace staffroom {

// What says use (SaysUse), less READ: what others on the platform can see anyway. Whom a reason names, it names for these only.
bool SaysUseInPublic(storage::InteractionKind kind);

// The different things of an account's newest `count` acts that satisfy `wanted`, newest first, ties by id. Acts on things
// that are not noticeable do not count: else one more of them would push another one out.
std::vector<Item> NewestItems(const ReadView& view, AccountOrdinal actor, size_t count,
                              bool (*wanted)(storage::InteractionKind));

// The different noticeable resources among an account's newest acts that satisfy `wanted` (the newest few hundred acts),
// sorted by ordinal, without duplicates.
std::vector<uint32_t> ResourcesUsedBy(const ReadView& view, AccountOrdinal actor,
                                      bool (*wanted)(storage::InteractionKind));

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_NEWEST_ACTS_H_
