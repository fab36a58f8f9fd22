#ifndef STAFFROOM_SERVICE_CLIENT_ANSWER_TEXT_H_
#define STAFFROOM_SERVICE_CLIENT_ANSWER_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "staffroom/v1/admin_status.pb.h"
#include "staffroom/v1/recommend.pb.h"

// Answers of the server as text for people. Where a program reads, `--json` prints the message itself.
namespace staffroom {

// The parts that the answers of RecommendAccounts, RecommendResources and RecommendPosts have in common.
struct RecommendationAnswer {
  const google::protobuf::RepeatedPtrField<v1::Result>& results;
  const google::protobuf::RepeatedPtrField<std::string>& unknown_ids;
  bool is_fallback;
  const v1::Trace* trace;  // null: not asked for
};

// A table of rank, name, id, score and reasons; below it what else there is to know.
std::string AnswerText(const RecommendationAnswer& answer);

// A table of names and values.
std::string StatusText(const v1::GetStatusResponse& status);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_ANSWER_TEXT_H_
