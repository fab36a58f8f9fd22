#include "service/handlers/interaction_handlers.h"

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "service/converters/interaction_converter.h"
#include "service/handlers/batch_write.h"
#include "service/handlers/write_reply.h"
#include "storage/records.pb.h"

namespace staffroom {

void InteractionHandlers::WriteInteraction(const std::shared_ptr<const CallContext>&,
                                           const v1::WriteInteractionRequest& request,
                                           Reply<v1::WriteInteractionResponse> reply) const {
  BatchItem item = Prepare(request);
  if (!item.mutation.ok()) return reply(item.mutation.status());
  v1::WriteInteractionResponse response;
  response.set_attribution(item.attribution);
  SubmitAndReply(parts_.engine, *std::move(item.mutation), std::move(response), std::move(reply));
}

void InteractionHandlers::BatchWriteInteractions(const std::shared_ptr<const CallContext>& context,
                                                 const v1::BatchWriteInteractionsRequest& request,
                                                 Reply<v1::BatchWriteInteractionsResponse> reply) const {
  ReplyToBatch(
      {parts_.engine, parts_.log}, *context, request,
      [this](const v1::WriteInteractionRequest& item) { return Prepare(item); }, std::move(reply));
}

void InteractionHandlers::DeleteInteraction(const std::shared_ptr<const CallContext>&,
                                            const v1::DeleteInteractionRequest& request,
                                            Reply<v1::DeleteInteractionResponse> reply) const {
  absl::StatusOr<storage::Mutation> mutation = ToMutation(request, parts_.clock.Now());
  if (!mutation.ok()) return reply(mutation.status());
  SubmitAndReply(parts_.engine, *std::move(mutation), v1::DeleteInteractionResponse(), std::move(reply));
}

BatchItem InteractionHandlers::Prepare(const v1::WriteInteractionRequest& request) const {
  BatchItem item{ToMutation(request, parts_.clock.Now())};
  if (!item.mutation.ok()) return item;
  item.attribution = parts_.attribution.Apply(parts_.engine.epoch(), request.interaction().attribution_token(),
                                              item.mutation->mutable_write_interaction());
  return item;
}

}  // namespace staffroom
