#ifndef STAFFROOM_SERVICE_HANDLERS_RECOMMENDATION_HANDLERS_H_
#define STAFFROOM_SERVICE_HANDLERS_RECOMMENDATION_HANDLERS_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/functional/any_invocable.h"
#include "service/base/clock.h"
#include "service/dispatch/call_context.h"
#include "service/dispatch/reply.h"
#include "service/embedding/encoders.h"
#include "service/engine/revision_gate.h"
#include "service/handlers/surfaces.h"
#include "service/recommend/recommender.h"
#include "service/tokens/attribution_token.h"
#include "service/tokens/page_token.h"
#include "service/views/views.h"
#include "staffroom/v1/recommend.pb.h"

namespace staffroom {

// RecommendationService: check → encode and wait, both outside the lock → one read of the views → convert.
// It is given no store and no engine, so that it can neither read from disk nor write. Thread-safe.
class RecommendationHandlers {
 public:
  struct Parts {
    const Views& views;
    const Recommender& recommender;
    const Encoders& encoders;
    const Surfaces& surfaces;
    const PageTokens& page_tokens;
    const AttributionTokens& attribution_tokens;
    const Clock& clock;
    RevisionGate& gate;
    uint64_t epoch = 0;  // of the store
    // Takes up a request again that was parked for its revision: the gate opens on the sequencer's thread, which must not
    // answer it itself.
    std::function<void(absl::AnyInvocable<void()>)> executor;
  };

  explicit RecommendationHandlers(Parts parts);

  void RecommendAccounts(const std::shared_ptr<const CallContext>& context, const v1::RecommendAccountsRequest& request,
                         Reply<v1::RecommendAccountsResponse> reply) const;
  void RecommendResources(const std::shared_ptr<const CallContext>& context,
                          const v1::RecommendResourcesRequest& request,
                          Reply<v1::RecommendResourcesResponse> reply) const;

 private:
  template <typename Request, typename Response>
  struct Call;

  template <typename Request, typename Response>
  void Begin(const std::shared_ptr<const CallContext>& context, const Request& request, storage::ItemKind wanted,
             Reply<Response> reply) const;
  template <typename Request, typename Response>
  void Finish(Call<Request, Response>& call) const;
  template <typename Request, typename Response>
  absl::StatusOr<Response> Respond(Call<Request, Response>& call) const;
  template <typename Request, typename Response>
  void Encode(const embeddings::Encoder* encoder, Call<Request, Response>* call) const;

  const Parts parts_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_RECOMMENDATION_HANDLERS_H_
