#ifndef STAFFROOM_SERVICE_DISPATCH_UNARY_CALL_H_
#define STAFFROOM_SERVICE_DISPATCH_UNARY_CALL_H_

#include <atomic>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "service/dispatch/call_frame.h"
#include "service/dispatch/reply.h"
#include "service/dispatch/request_pool.h"
#include "service/dispatch/rpc_method.h"

// One unary call on its way: gRPC's thread admits and queues it, a pool thread parses and handles it, whoever makes the reply
// serialises and finishes it.
//
// Who owns it: the call holds itself from Begin until gRPC's OnDone, after which gRPC's own objects (the context, the two
// buffers) are gone and are not touched. The handler's context and reply hold it too, so it may live longer than the call.
// Exactly one Finish: `finished_` guards it, whatever a handler does; cancelled calls are finished like all others.
namespace staffroom {

class UnaryCall : public grpc::ServerUnaryReactor, private PoolTask {
 public:
  // What gRPC hands over with a call; valid until OnDone.
  struct Wire {
    grpc::CallbackServerContext* context;
    const grpc::ByteBuffer* request;
    grpc::ByteBuffer* response;
  };

  UnaryCall(const DispatchParts& parts, const RpcMethod& method, Wire wire);

  // Takes the call on its way; the reactor is for gRPC. On gRPC's thread, waits for nothing.
  static grpc::ServerUnaryReactor* Begin(std::shared_ptr<UnaryCall> call);

 protected:
  // The typed half.
  virtual google::protobuf::Message* request() = 0;
  virtual void Handle(const std::shared_ptr<UnaryCall>& self) = 0;

  // OK when there is a handler.
  virtual absl::Status HasHandler() const { return absl::OkStatus(); }

  // Answers with `response` (status OK) or with an error. On any thread; only the first answer counts.
  void Answer(const absl::Status& status, const google::protobuf::MessageLite* response);

  const CallContext& context() const { return frame_.context(); }

 private:
  absl::Status Admit();
  void Run() override;
  void OnCancel() override { frame_.Cancel(); }
  void OnDone() override { const std::shared_ptr<UnaryCall> last = std::move(self_); }
  // OnCancel and OnDone neither wait nor call out, so gRPC need not move them to another thread: one hop less a call.
  bool InternalInlineable() override { return true; }

  const DispatchParts& parts_;
  const RpcMethod& method_;
  const Wire wire_;
  CallFrame frame_;
  std::shared_ptr<UnaryCall> self_;
  std::atomic<bool> finished_{false};
};

template <typename Request, typename Response>
class TypedUnaryCall final : public UnaryCall, public ReplyReceiver<Response> {
 public:
  TypedUnaryCall(const DispatchParts& parts, const RpcMethod& method, const Handler<Request, Response>& handler,
                 Wire wire)
      : UnaryCall(parts, method, wire), handler_(handler) {}

 private:
  google::protobuf::Message* request() override { return &request_; }

  void Handle(const std::shared_ptr<UnaryCall>& self) override {
    handler_(std::shared_ptr<const CallContext>(self, &context()), request_,
             Reply<Response>(std::shared_ptr<ReplyReceiver<Response>>(self, this)));
  }

  void Receive(absl::StatusOr<Response> answer) override { Answer(answer.status(), answer.ok() ? &*answer : nullptr); }

  const Handler<Request, Response>& handler_;
  Request request_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_UNARY_CALL_H_
