#include <ostream>
#include <string>

#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/client_context.h"
#include "service/client/answer_text.h"
#include "service/client/call_outcome.h"
#include "service/client/commands.h"
#include "service/client/rpc_status.h"
#include "staffroom/v1/recommendation_service.grpc.pb.h"

namespace staffroom {
namespace {

using Stub = v1::RecommendationService::Stub;

// The three RPCs are one shape with three names.
template <typename Request, typename Response>
int Recommend(const Surroundings& surroundings, const RecommendOptions& options,
              grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&, Response*)) {
  if (!IsReachable(surroundings)) return kExitUnreachable;
  Request request;
  request.set_account_id(options.account_id);
  request.set_count(options.count);
  request.set_explain(options.explain);
  Response response;
  Stub stub(surroundings.channel);
  const google::rpc::Status status = RpcStatusOf((stub.*rpc)(NewCallContext().get(), request, &response));
  if (status.code() != google::rpc::OK) return Fail(surroundings, status);
  if (surroundings.json) {
    surroundings.out << JsonText(response);
  } else {
    surroundings.out << AnswerText({.results = response.results(),
                                    .unknown_ids = response.unknown_ids(),
                                    .is_fallback = response.is_fallback(),
                                    .trace = response.has_trace() ? &response.trace() : nullptr});
  }
  return kExitDone;
}

}  // namespace

int RunRecommend(const Surroundings& surroundings, const RecommendOptions& options) {
  if (options.what == "accounts") return Recommend(surroundings, options, &Stub::RecommendAccounts);
  if (options.what == "resources") return Recommend(surroundings, options, &Stub::RecommendResources);
  if (options.what == "posts") return Recommend(surroundings, options, &Stub::RecommendPosts);
  surroundings.err << "staffroom: recommend what? accounts, resources or posts\n";
  return kExitUsage;
}

}  // namespace staffroom
