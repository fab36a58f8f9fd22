#ifndef STAFFROOM_SERVICE_HANDLERS_REGISTRATION_H_
#define STAFFROOM_SERVICE_HANDLERS_REGISTRATION_H_

#include <atomic>

#include "service/handlers/account_handlers.h"
#include "service/handlers/admin_handlers.h"
#include "service/handlers/interaction_handlers.h"
#include "service/handlers/operation_handlers.h"
#include "service/handlers/post_handlers.h"
#include "service/handlers/recommendation_handlers.h"
#include "service/handlers/resource_handlers.h"

namespace staffroom {

class Dispatcher;

// All handlers, once everything they are made from stands.
struct ServiceHandlers {
  AccountHandlers accounts;
  PostHandlers posts;
  ResourceHandlers resources;
  InteractionHandlers interactions;
  RecommendationHandlers recommendations;
  AdminHandlers admin;
  OperationHandlers operations;
};

// The place of handlers that come later: the server listens before the store has been read. Thread-safe.
class HandlerSlot {
 public:
  // `handlers` stay there, and in use, until the server has stopped.
  void Set(ServiceHandlers* handlers) { handlers_.store(handlers, std::memory_order_release); }
  // Null before Set.
  ServiceHandlers* get() const { return handlers_.load(std::memory_order_acquire); }

 private:
  std::atomic<ServiceHandlers*> handlers_{nullptr};
};

// Plugs every RPC that is built into the dispatcher, each with its lane and the role that it needs; until the slot is set they
// answer UNAVAILABLE. The services must have been added. `slot` must outlive the server.
void RegisterServices(Dispatcher& dispatcher, const HandlerSlot& slot);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_REGISTRATION_H_
