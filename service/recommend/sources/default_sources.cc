#include <memory>
#include <vector>

#include "service/recommend/source.h"
#include "service/recommend/sources/sources.h"

namespace staffroom {

std::vector<std::unique_ptr<Source>> DefaultSources(const PopularItems* popular) {
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(NewContentNeighbours());
  sources.push_back(NewFriendsOfFriends());
  sources.push_back(NewAcquaintances());
  sources.push_back(NewCoEngagement());
  sources.push_back(NewSharedByFollows());
  sources.push_back(NewFallback(popular));
  return sources;
}

}  // namespace staffroom
