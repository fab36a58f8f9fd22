#ifndef STAFFROOM_SERVICE_RECOMMEND_SOURCES_SOURCES_H_
#define STAFFROOM_SERVICE_RECOMMEND_SOURCES_SOURCES_H_

#include <memory>

#include "service/recommend/popular_items.h"
#include "service/recommend/source.h"

// One file each; where its candidates come from, and what it costs, stands there.
namespace staffroom {

std::unique_ptr<Source> NewContentNeighbours();
std::unique_ptr<Source> NewFriendsOfFriends();
std::unique_ptr<Source> NewAcquaintances();
std::unique_ptr<Source> NewCoEngagement();
std::unique_ptr<Source> NewSharedByFollows();
std::unique_ptr<Source> NewFallback(const PopularItems* popular);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_SOURCES_SOURCES_H_
