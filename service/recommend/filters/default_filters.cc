#include <memory>
#include <vector>

#include "service/recommend/filter.h"
#include "service/recommend/filters/filters.h"

namespace staffroom {

void Filter::Mark(const Asking& /*asking*/, const Marker& /*marker*/) const {}
bool Filter::Drops(const Asking& /*asking*/, Item /*item*/) const { return false; }

// What is not there and what may not be seen is dropped first: no later count then speaks of it.
std::vector<std::unique_ptr<Filter>> DefaultFilters() {
  std::vector<std::unique_ptr<Filter>> filters;
  filters.push_back(NewDeletedFilter());
  filters.push_back(NewExposureFilter());
  filters.push_back(NewSelfFilter());
  filters.push_back(NewBlockFilter());
  filters.push_back(NewMuteFilter());
  filters.push_back(NewReportedFilter());
  filters.push_back(NewDismissedFilter());
  filters.push_back(NewModerationStateFilter());
  filters.push_back(NewAlreadyFollowedFilter());
  filters.push_back(NewLatelyUnfollowedFilter());
  filters.push_back(NewEngagedFilter());
  filters.push_back(NewExcludedFilter());
  filters.push_back(NewRequestFilter());
  filters.push_back(NewInactiveFilter());
  return filters;
}

}  // namespace staffroom
