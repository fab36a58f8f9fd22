#include "service/handlers/recommendation_handlers.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/base/errors.h"
#include "service/base/ordinal.h"
#include "service/engine/revision_gate.h"
#include "service/handlers/answer_converter.h"
#include "service/handlers/page_resume.h"
#include "service/handlers/query_converter.h"
#include "service/recommend/answer.h"
#include "service/recommend/query.h"
#include "service/recommend/reranker.h"
#include "service/tokens/attribution_token.h"
#include "service/tokens/page_token.h"
#include "service/tokens/revision.h"
#include "service/views/read_view.h"
#include "staffroom/v1/recommend.pb.h"
#include "staffroom/v1/result.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

// One request on its way; lives until it is answered, perhaps parked in the gate meanwhile.
template <typename Request, typename Response>
struct RecommendationHandlers::Call {
  const std::shared_ptr<const CallContext> context;
  const Request& request;  // valid until the reply is made
  Reply<Response> reply;
  Query query;
  std::vector<float> asker_vector;  // what query.asker_vector points at
  std::string asker_model;          // whose vector that is; empty: there is none
  uint64_t list_hash = 0;
};

RecommendationHandlers::RecommendationHandlers(Parts parts) : parts_(std::move(parts)) {}

void RecommendationHandlers::RecommendAccounts(const std::shared_ptr<const CallContext>& context,
                                               const v1::RecommendAccountsRequest& request,
                                               Reply<v1::RecommendAccountsResponse> reply) const {
  Begin(context, request, storage::ITEM_ACCOUNT, std::move(reply));
}

void RecommendationHandlers::RecommendResources(const std::shared_ptr<const CallContext>& context,
                                                const v1::RecommendResourcesRequest& request,
                                                Reply<v1::RecommendResourcesResponse> reply) const {
  Begin(context, request, storage::ITEM_RESOURCE, std::move(reply));
}

// Everything that needs no view, then the wait for the caller's revision.
template <typename Request, typename Response>
void RecommendationHandlers::Begin(const std::shared_ptr<const CallContext>& context, const Request& request,
                                   storage::ItemKind wanted, Reply<Response> reply) const {
  absl::StatusOr<Query> query = ToQuery(request, wanted, parts_.surfaces);
  if (!query.ok()) return reply(query.status());
  // What is no revision, ToQuery has refused.
  const Revision wanted_revision = ParseRevision(request.min_revision()).value_or(Revision{parts_.epoch, 0});
  if (wanted_revision.epoch != parts_.epoch) return reply(RevisionOfAnotherStore());
  const uint64_t list_hash = ListHash(request);
  if (!request.page_token().empty()) {
    const absl::StatusOr<PageToken> page = parts_.page_tokens.Open({parts_.epoch, list_hash}, request.page_token());
    if (!page.ok()) return reply(page.status());
    query->resumes = true;
    query->resume = ToRemaining(*page);
    query->resumes_fallback = page->is_fallback;
  }
  auto call = std::make_shared<Call<Request, Response>>(
      Call<Request, Response>{context, request, std::move(reply), *std::move(query), {}, {}, list_hash});
  if (request.has_profile()) Encode(parts_.encoders.serving(), call.get());

  if (parts_.gate.applied() >= wanted_revision.number) return Finish(*call);
  parts_.gate.Await(wanted_revision.number, context->deadline, [this, call](const absl::Status& status) {
    if (!status.ok()) return call->reply(status);
    parts_.executor([this, call] { Finish(*call); });
  });
}

// The visitor's texts by one encoder. Without one they have no vector: what the visitor says still filters and gives reasons.
template <typename Request, typename Response>
void RecommendationHandlers::Encode(const embeddings::Encoder* encoder, Call<Request, Response>* call) const {
  call->asker_vector.clear();
  call->asker_model.clear();
  if (encoder != nullptr) {
    call->asker_vector = ProfileVector(*encoder, call->request.profile());
    call->asker_model = std::string(encoder->model_id());
  }
  call->query.asker_vector = call->asker_vector;
}

template <typename Request, typename Response>
void RecommendationHandlers::Finish(Call<Request, Response>& call) const {
  if (call.context->IsCancelled()) return call.reply(absl::CancelledError("nobody waits for this answer any more"));
  call.query.now = parts_.clock.Now();
  if (call.query.now >= call.context->deadline) {
    return call.reply(absl::DeadlineExceededError("the deadline passed before the answer was begun"));
  }
  call.reply(Respond(call));
}

template <typename Request, typename Response>
absl::StatusOr<Response> RecommendationHandlers::Respond(Call<Request, Response>& call) const {
  const Request& request = call.request;
  const Query& query = call.query;
  absl::StatusOr<Answer> answer = Answer();
  AccountOrdinal asker;
  uint64_t revision = 0;
  const ScratchPool::Loan scratch = parts_.recommender.LendScratch();
  std::string serving;
  const auto read = [&](const ReadView& view) {
    serving = std::string(view.vectors.model_id());
    // A vector of another model would be noise: it is made anew, outside the lock.
    if (!call.asker_model.empty() && call.asker_model != serving) return;
    revision = view.revision;
    if (!query.account_id.empty()) {
      asker = view.catalog.FindAccount(query.account_id);
      if (!asker) {
        answer = AccountNotFound(query.account_id);
        return;
      }
    }
    if (!request.validate_only()) answer = parts_.recommender.Recommend(view, query, *scratch);
  };
  parts_.views.Read(read);
  while (!call.asker_model.empty() && call.asker_model != serving) {
    Encode(parts_.encoders.Find(serving), &call);
    parts_.views.Read(read);
  }
  if (!answer.ok()) return answer.status();

  Response response;
  response.set_revision(FormatRevision({parts_.epoch, revision}));
  if (request.explain() || request.validate_only()) {
    *response.mutable_effective_settings() = EffectiveSettingsOf(query);
  }
  if (request.validate_only()) return response;
  AttributionToken attribution;
  attribution.epoch = parts_.epoch;
  attribution.asker = asker;
  attribution.seed = ExplorationSeed(query);
  attribution.surface = query.surface;
  attribution.experiment = request.experiment();
  attribution.variant = request.variant();
  for (const Result& result : answer->results) {
    *response.add_results() = ToMessage(result, query.item_kind, parts_.recommender, request.view());
    attribution.items.push_back({static_cast<uint8_t>(query.item_kind), result.ordinal, result.sources});
  }
  if (!answer->results.empty()) {
    response.set_attribution_token(parts_.attribution_tokens.Seal(std::move(attribution)));
  }
  response.set_is_fallback(answer->is_fallback);
  response.set_next_page_token(
      parts_.page_tokens.Seal(ToPageToken({parts_.epoch, call.list_hash}, query.item_kind, *answer)));
  response.mutable_unknown_ids()->Add(answer->unknown_ids.begin(), answer->unknown_ids.end());
  if (request.explain()) *response.mutable_trace() = ToMessage(*answer, query.item_kind);
  return response;
}

}  // namespace staffroom
