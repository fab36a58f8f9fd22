#ifndef STAFFROOM_SERVICE_RECOMMEND_FILTERS_FILTERS_H_
#define STAFFROOM_SERVICE_RECOMMEND_FILTERS_FILTERS_H_

#include <memory>

#include "service/recommend/filter.h"

// One file each; what a filter is for stands there.
namespace staffroom {

std::unique_ptr<Filter> NewSelfFilter();
std::unique_ptr<Filter> NewAlreadyFollowedFilter();
std::unique_ptr<Filter> NewEngagedFilter();
std::unique_ptr<Filter> NewLatelyUnfollowedFilter();
std::unique_ptr<Filter> NewBlockFilter();
std::unique_ptr<Filter> NewMuteFilter();
std::unique_ptr<Filter> NewReportedFilter();
std::unique_ptr<Filter> NewDismissedFilter();
std::unique_ptr<Filter> NewExposureFilter();
std::unique_ptr<Filter> NewModerationStateFilter();
std::unique_ptr<Filter> NewInactiveFilter();
std::unique_ptr<Filter> NewExcludedFilter();
std::unique_ptr<Filter> NewRequestFilter();
std::unique_ptr<Filter> NewDeletedFilter();

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_FILTERS_FILTERS_H_
