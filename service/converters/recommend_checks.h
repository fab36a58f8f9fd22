#ifndef STAFFROOM_SERVICE_CONVERTERS_RECOMMEND_CHECKS_H_
#define STAFFROOM_SERVICE_CONVERTERS_RECOMMEND_CHECKS_H_

#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "staffroom/v1/asker.pb.h"
#include "staffroom/v1/filter.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

// What a Recommend request may say, but for its surface, page_token and min_revision, which somebody else must judge.
// `wanted`: the kind of thing that is asked for. For RecommendAccountsRequest and RecommendResourcesRequest.
template <typename Request>
void CheckRecommend(const Request& request, storage::ItemKind wanted, FieldChecks& checks);

// The parts of a filter: their limits, parts that cannot concern the kind that is wanted, and parts that exclude each other
// (CONTRADICTORY_FILTER).
void CheckFilter(const FieldPath& path, const v1::Filter& filter, storage::ItemKind wanted, FieldChecks& checks);

// FIELD_REQUIRED when the profile says nothing at all.
void CheckProfile(const FieldPath& path, const v1::AskerProfile& profile, FieldChecks& checks);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_RECOMMEND_CHECKS_H_
