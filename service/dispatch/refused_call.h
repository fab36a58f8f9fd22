#ifndef STAFFROOM_SERVICE_DISPATCH_REFUSED_CALL_H_
#define STAFFROOM_SERVICE_DISPATCH_REFUSED_CALL_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/dispatch/stream_call.h"
#include "service/dispatch/unary_call.h"

// Calls that are answered without a handler: of RPCs that are declared and not built yet, and of names that nobody declared.
// They are admitted, counted and logged as all others, so that a stranger learns no more from them.
namespace staffroom {

inline absl::Status NotBuilt(const RpcMethod& method) {
  return absl::UnimplementedError(absl::StrCat(method.name, " is not built yet"));
}

class RefusedUnaryCall final : public UnaryCall {
 public:
  RefusedUnaryCall(const DispatchParts& parts, const RpcMethod& method, Wire wire)
      : UnaryCall(parts, method, wire), refusal_(NotBuilt(method)) {}

 private:
  absl::Status HasHandler() const override { return refusal_; }
  google::protobuf::Message* request() override { return nullptr; }
  void Handle(const std::shared_ptr<UnaryCall>& /*self*/) override {}

  const absl::Status refusal_;
};

class RefusedStreamCall final : public StreamCall {
 public:
  RefusedStreamCall(const DispatchParts& parts, const RpcMethod& method, absl::Status refusal,
                    grpc::CallbackServerContext* server_context)
      : StreamCall(parts, method, server_context), refusal_(std::move(refusal)) {}

 private:
  absl::Status HasHandler() const override { return refusal_; }
  void Handle(const std::shared_ptr<StreamCall>& /*self*/) override {}

  const absl::Status refusal_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_REFUSED_CALL_H_
