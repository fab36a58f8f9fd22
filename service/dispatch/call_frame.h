#ifndef STAFFROOM_SERVICE_DISPATCH_CALL_FRAME_H_
#define STAFFROOM_SERVICE_DISPATCH_CALL_FRAME_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "service/dispatch/call_context.h"
#include "service/dispatch/call_log.h"
#include "service/dispatch/rpc_method.h"

namespace staffroom {

// What every call has, unary or stream, from its first byte to its status: who asks, how long each stage took, how it ended.
// Not thread-safe: a call is on one thread at a time, except for `context().cancelled`.
class CallFrame {
 public:
  // On gRPC's thread, when the call has arrived. `server_context` is valid until gRPC says the call is done.
  CallFrame(const DispatchParts& parts, const RpcMethod& method, grpc::CallbackServerContext* server_context);
  CallFrame(const CallFrame&) = delete;
  CallFrame& operator=(const CallFrame&) = delete;

  const CallContext& context() const { return context_; }
  void Cancel() { context_.cancelled.store(true, std::memory_order_relaxed); }

  // Whether this call may run at all, before anything of the request is read: UNAUTHENTICATED, UNAVAILABLE (recovering,
  // draining), PERMISSION_DENIED (role), DEADLINE_EXCEEDED, CANCELLED.
  absl::Status Admit();
  // Whether anybody still waits: DEADLINE_EXCEEDED or CANCELLED if not.
  absl::Status CheckAlive() const;

  // The stage that begins now, and so ends the one before; a call begins in the queue.
  void Enter(CallStage stage);

  // Ends the call: counts it, logs it, adds the trailing metadata and gives the status to finish with. Once.
  grpc::Status End(const absl::Status& status, size_t request_bytes, size_t response_bytes);

 private:
  // What was answered after the caller had gone is counted and logged as what the caller saw. gRPC tells both of its reasons as
  // a cancellation: DEADLINE_EXCEEDED where its deadline has passed, whatever the handler said; else CANCELLED in place of OK.
  // A fault of ours stays one.
  absl::Status AsTheCallerSaw(const absl::Status& status) const;

  const DispatchParts& parts_;
  const RpcMethod& method_;
  grpc::CallbackServerContext* const server_context_;
  CallContext context_;
  std::string traceparent_;  // as the caller sent it, when it was well-formed
  CallStage stage_ = CallStage::kQueue;
  absl::Time stage_began_;
  StageTimes stage_times_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_CALL_FRAME_H_
