#ifndef STAFFROOM_SERVICE_HANDLERS_PAGE_RESUME_H_
#define STAFFROOM_SERVICE_HANDLERS_PAGE_RESUME_H_

#include <cstdint>
#include <vector>

#include "google/protobuf/message.h"
#include "service/recommend/answer.h"
#include "service/recommend/query.h"
#include "service/tokens/page_token.h"
#include "storage/records.pb.h"

// What remains of a ranked list, between the recommender's words and the page token's.
namespace staffroom {

PageToken ToPageToken(const PageScope& scope, storage::ItemKind kind, const Answer& answer);

std::vector<Remaining> ToRemaining(const PageToken& token);

// The same for the same message of the same type in every process of this version.
uint64_t MessageHash(const google::protobuf::Message& message);

// The hash of everything in a Recommend request that decides its list: all but page_token, min_revision and explain.
template <typename Request>
uint64_t ListHash(Request request) {
  request.clear_page_token();
  request.clear_min_revision();
  request.clear_explain();
  return MessageHash(request);
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_PAGE_RESUME_H_
