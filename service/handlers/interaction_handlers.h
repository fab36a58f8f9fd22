#ifndef STAFFROOM_SERVICE_HANDLERS_INTERACTION_HANDLERS_H_
#define STAFFROOM_SERVICE_HANDLERS_INTERACTION_HANDLERS_H_

#include <memory>

#include "service/base/clock.h"
#include "service/dispatch/call_context.h"
#include "service/dispatch/json_log.h"
#include "service/dispatch/reply.h"
#include "service/engine/engine.h"
#include "service/handlers/attribution.h"
#include "service/handlers/batch_write.h"
#include "staffroom/v1/interaction_service.pb.h"

namespace staffroom {

// InteractionService. Thread-safe. What it is made from outlives it, and it outlives the engine's last completion.
class InteractionHandlers {
 public:
  struct Parts {
    Engine& engine;
    const Attribution& attribution;
    const Clock& clock;
    Log& log;
  };

  explicit InteractionHandlers(const Parts& parts) : parts_(parts) {}

  void WriteInteraction(const std::shared_ptr<const CallContext>& context, const v1::WriteInteractionRequest& request,
                        Reply<v1::WriteInteractionResponse> reply) const;
  void BatchWriteInteractions(const std::shared_ptr<const CallContext>& context,
                              const v1::BatchWriteInteractionsRequest& request,
                              Reply<v1::BatchWriteInteractionsResponse> reply) const;
  void DeleteInteraction(const std::shared_ptr<const CallContext>& context, const v1::DeleteInteractionRequest& request,
                         Reply<v1::DeleteInteractionResponse> reply) const;

 private:
  BatchItem Prepare(const v1::WriteInteractionRequest& request) const;

  const Parts parts_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_INTERACTION_HANDLERS_H_
