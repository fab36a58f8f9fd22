#ifndef STAFFROOM_SERVICE_HANDLERS_OPERATION_HANDLERS_H_
#define STAFFROOM_SERVICE_HANDLERS_OPERATION_HANDLERS_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/base/clock.h"
#include "service/dispatch/call_context.h"
#include "service/dispatch/reply.h"
#include "service/embedding/encoders.h"
#include "service/embedding/reembedder.h"
#include "service/engine/engine.h"
#include "service/tokens/list_token.h"
#include "service/views/views.h"
#include "staffroom/v1/admin_operations.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

// AdminService's long work: begun, looked at, cancelled. Operations are state and are read from the views; how far the one that
// runs is, only the one who works on it knows. Thread-safe.
class OperationHandlers {
 public:
  struct Parts {
    Engine& engine;
    const Views& views;
    const Encoders& encoders;
    Reembedder& reembedder;
    const Clock& clock;
    const ListTokens& list_tokens;
  };
  explicit OperationHandlers(const Parts& parts) : parts_(parts) {}

  void Reembed(const std::shared_ptr<const CallContext>& context, const v1::ReembedRequest& request,
               Reply<v1::ReembedResponse> reply) const;
  void GetOperation(const std::shared_ptr<const CallContext>& context, const v1::GetOperationRequest& request,
                    Reply<v1::GetOperationResponse> reply) const;
  void ListOperations(const std::shared_ptr<const CallContext>& context, const v1::ListOperationsRequest& request,
                      Reply<v1::ListOperationsResponse> reply) const;
  void CancelOperation(const std::shared_ptr<const CallContext>& context, const v1::CancelOperationRequest& request,
                       Reply<v1::CancelOperationResponse> reply) const;

 private:
  template <typename Response>
  absl::StatusOr<Response> Look(absl::string_view id) const;
  v1::Operation ToMessage(const storage::OperationRecord& record) const;
  bool IsForgotten(const storage::OperationRecord& record) const;

  const Parts parts_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_OPERATION_HANDLERS_H_
