#ifndef STAFFROOM_SERVICE_HANDLERS_QUERY_CONVERTER_H_
#define STAFFROOM_SERVICE_HANDLERS_QUERY_CONVERTER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "embeddings/encoder/encoder.h"
#include "service/handlers/surfaces.h"
#include "service/recommend/query.h"
#include "staffroom/v1/asker.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

// The question of a checked request, in the recommender's words: INVALID_ARGUMENT with every wrong field, the surface
// and min_revision included. Read time, asker_vector and what a page token holds are left to the caller.
// For RecommendAccountsRequest and RecommendResourcesRequest.
template <typename Request>
absl::StatusOr<Query> ToQuery(const Request& request, storage::ItemKind wanted, const Surfaces& surfaces);

// What a visitor's interests and subjects are about, weighted as an account's are: a unit vector, or empty when they hold no
// word. Encodes, so never under the views' lock.
std::vector<float> ProfileVector(const embeddings::Encoder& encoder, const v1::AskerProfile& profile);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_QUERY_CONVERTER_H_
