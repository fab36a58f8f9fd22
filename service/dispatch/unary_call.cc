#include "service/dispatch/unary_call.h"

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/server_callback.h"
#include "service/base/errors.h"
#include "service/dispatch/call_frame.h"
#include "service/dispatch/call_log.h"
#include "service/dispatch/guard.h"
#include "service/dispatch/message_codec.h"
#include "service/dispatch/request_pool.h"
#include "service/dispatch/rpc_method.h"

namespace staffroom {

UnaryCall::UnaryCall(const DispatchParts& parts, const RpcMethod& method, Wire wire)
    : parts_(parts), method_(method), wire_(wire), frame_(parts, method, wire.context) {}

grpc::ServerUnaryReactor* UnaryCall::Begin(std::shared_ptr<UnaryCall> call) {
  UnaryCall* const reactor = call.get();
  reactor->self_ = call;
  absl::Status admitted = reactor->Admit();
  if (admitted.ok()) {
    RequestPool* const pool = PoolOf(reactor->parts_.lanes, reactor->method_.options.lane);
    if (pool == nullptr) {
      reactor->Run();
    } else if (!pool->Offer(reactor)) {
      admitted = QueueFull("the queue of requests", kRetryQueueFull);
    }
  }
  if (!admitted.ok()) reactor->Answer(admitted, nullptr);
  return reactor;
}

absl::Status UnaryCall::Admit() {
  absl::Status admitted = frame_.Admit();
  return admitted.ok() ? HasHandler() : admitted;
}

void UnaryCall::Run() {
  const std::shared_ptr<UnaryCall> self = self_;  // the reply may come, and gRPC be done, while we are still in here
  frame_.Enter(CallStage::kParse);
  absl::Status ready = frame_.CheckAlive();
  if (ready.ok()) ready = ParseMessage(*wire_.request, request());
  if (!ready.ok()) return Answer(ready, nullptr);
  frame_.Enter(CallStage::kHandler);
  RunGuarded(parts_.call_log.log(), context().call_id, [this, &self] { Handle(self); });
}

void UnaryCall::Answer(const absl::Status& status, const google::protobuf::MessageLite* response) {
  if (finished_.exchange(true)) return;
  const std::shared_ptr<UnaryCall> self = self_;
  frame_.Enter(CallStage::kSerialise);
  absl::Status ended = status;
  if (ended.ok()) ended = SerializeMessage(*response, wire_.response);
  const size_t response_bytes = ended.ok() ? wire_.response->Length() : 0;
  Finish(frame_.End(ended, wire_.request->Length(), response_bytes));
}

}  // namespace staffroom
