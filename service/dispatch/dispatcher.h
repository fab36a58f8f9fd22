#ifndef STAFFROOM_SERVICE_DISPATCH_DISPATCHER_H_
#define STAFFROOM_SERVICE_DISPATCH_DISPATCHER_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/server_builder.h"
#include "service/dispatch/raw_service.h"
#include "service/dispatch/reply.h"
#include "service/dispatch/rpc_method.h"
#include "service/dispatch/stream_call.h"
#include "service/dispatch/unary_call.h"

// The one path that every RPC runs through:
//   bytes → authentication → readiness, role → deadline → pool → deadline again → parse → handler → serialise → finish
// with its counters, its log line and its error mapping, so that a handler converts, calls and converts and knows none of them.
//
// Put together before the server starts (not thread-safe), then only read:
//   dispatcher.AddService("staffroom.v1.CatalogService");
//   dispatcher.Handle<v1::GetAccountRequest, v1::GetAccountResponse>("staffroom.v1.CatalogService/GetAccount", handler);
//   dispatcher.RegisterWith(builder);
// A mistake in putting together (a name that does not exist, a wrong type, a second handler) ends the process with a line that
// says which: it is a bug that the first start shows.
namespace staffroom {

class UnknownMethods;

class Dispatcher {
 public:
  // `parts` and what it refers to outlive the server.
  explicit Dispatcher(DispatchParts parts);
  ~Dispatcher();

  // Registers every RPC of a service of the generated descriptor pool; each answers UNIMPLEMENTED until it is handled.
  void AddService(absl::string_view full_name);

  // `method` is the full name of the service, a slash and the RPC.
  template <typename Request, typename Response>
  void Handle(absl::string_view method, Handler<Request, Response> handler, MethodOptions options = {}) {
    Rpc& rpc = Claim(method, *Request::descriptor(), *Response::descriptor(), /*streaming=*/false, options);
    auto shared = std::make_shared<const Handler<Request, Response>>(std::move(handler));
    rpc.begin_unary = [this, &rpc, shared = std::move(shared)](UnaryCall::Wire wire) {
      return UnaryCall::Begin(std::make_shared<TypedUnaryCall<Request, Response>>(parts_, rpc.method, *shared, wire));
    };
  }

  // The same for a streaming RPC of any kind.
  template <typename Request, typename Response>
  void HandleStream(absl::string_view method, StreamHandler<Request, Response> handler, MethodOptions options = {}) {
    Rpc& rpc = Claim(method, *Request::descriptor(), *Response::descriptor(), /*streaming=*/true, options);
    auto shared = std::make_shared<const StreamHandler<Request, Response>>(std::move(handler));
    rpc.begin_stream = [this, &rpc, shared = std::move(shared)](grpc::CallbackServerContext* context) {
      return StreamCall::Begin(
          std::make_shared<TypedStreamCall<Request, Response>>(parts_, rpc.method, *shared, context));
    };
  }

  // The names of the RPCs that answer UNIMPLEMENTED, sorted.
  std::vector<std::string> Unimplemented() const;

  // After the last Handle.
  void RegisterWith(grpc::ServerBuilder& builder);

 private:
  struct Rpc {
    const google::protobuf::MethodDescriptor* descriptor = nullptr;
    RpcMethod method;
    bool has_handler = false;
    std::function<grpc::ServerUnaryReactor*(UnaryCall::Wire)> begin_unary;  // of a unary RPC
    StreamEntry begin_stream;                                               // of the others
  };

  Rpc& Claim(absl::string_view method, const google::protobuf::Descriptor& request,
             const google::protobuf::Descriptor& response, bool streaming, MethodOptions options);
  void AddTo(RawService& service, Rpc& rpc);

  const DispatchParts parts_;
  std::map<std::string, Rpc> rpcs_;             // by name; nodes do not move
  std::map<std::string, RawService> services_;  // by full name
  const std::unique_ptr<UnknownMethods> unknown_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_DISPATCHER_H_
