#include "service/dispatch/dispatcher.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/server_builder.h"
#include "grpcpp/server_context.h"
#include "service/dispatch/raw_service.h"
#include "service/dispatch/refused_call.h"
#include "service/dispatch/rpc_method.h"
#include "service/dispatch/stream_call.h"
#include "service/dispatch/unary_call.h"

namespace staffroom {

// Answers what no registered method matches, so that a mistyped name gets a sentence and is counted, under one name for all.
class UnknownMethods : public grpc::CallbackGenericService {
 public:
  explicit UnknownMethods(const DispatchParts& parts)
      : parts_(parts),
        unknown_{"unknown", {.while_not_serving = true}, parts.metrics.ForMethod("unknown")},
        reflection_{"grpc.reflection",
                    {.while_not_serving = true, .log_failures = false},
                    parts.metrics.ForMethod("grpc.reflection")} {}

 private:
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    const absl::Status refusal = absl::UnimplementedError(absl::StrCat("there is no RPC ", context->method()));
    const RpcMethod& method = absl::StartsWith(context->method(), "/grpc.reflection.") ? reflection_ : unknown_;
    return StreamCall::Begin(std::make_shared<RefusedStreamCall>(parts_, method, refusal, context));
  }

  const DispatchParts& parts_;
  const RpcMethod unknown_;
  const RpcMethod reflection_;  // a newer reflection than gRPC 1.51 has, which every grpcurl asks for first
};

namespace {

[[noreturn]] void Die(absl::string_view what, absl::string_view name) {
  std::fprintf(stderr, "dispatcher: %s: %s\n", std::string(what).c_str(), std::string(name).c_str());
  std::abort();
}

bool IsStreaming(const google::protobuf::MethodDescriptor& method) {
  return method.client_streaming() || method.server_streaming();
}

}  // namespace

Dispatcher::Dispatcher(DispatchParts parts) : parts_(parts), unknown_(std::make_unique<UnknownMethods>(parts_)) {}
Dispatcher::~Dispatcher() = default;

void Dispatcher::AddService(absl::string_view full_name) {
  const google::protobuf::ServiceDescriptor* const service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(std::string(full_name));
  if (service == nullptr) Die("no such service is linked", full_name);
  if (!services_.try_emplace(service->full_name()).second) Die("the service is there already", full_name);
  for (int index = 0; index < service->method_count(); ++index) {
    const google::protobuf::MethodDescriptor* const descriptor = service->method(index);
    Rpc& rpc = rpcs_[absl::StrCat(service->full_name(), "/", descriptor->name())];
    rpc.descriptor = descriptor;
    rpc.method.name = absl::StrCat(service->full_name(), "/", descriptor->name());
    rpc.method.metrics = parts_.metrics.ForMethod(rpc.method.name);
  }
}

Dispatcher::Rpc& Dispatcher::Claim(absl::string_view method, const google::protobuf::Descriptor& request,
                                   const google::protobuf::Descriptor& response, bool streaming,
                                   MethodOptions options) {
  const auto found = rpcs_.find(std::string(method));
  if (found == rpcs_.end()) Die("no such RPC was added", method);
  Rpc& rpc = found->second;
  if (rpc.has_handler) Die("the RPC has a handler already", method);
  if (rpc.descriptor->input_type() != &request || rpc.descriptor->output_type() != &response) {
    Die("the handler's messages are not the RPC's", method);
  }
  if (IsStreaming(*rpc.descriptor) != streaming) Die("unary and streaming are mixed up", method);
  rpc.has_handler = true;
  rpc.method.options = options;
  return rpc;
}

std::vector<std::string> Dispatcher::Unimplemented() const {
  std::vector<std::string> names;
  for (const auto& [name, rpc] : rpcs_) {
    if (!rpc.has_handler) names.push_back(name);
  }
  return names;
}

void Dispatcher::AddTo(RawService& service, Rpc& rpc) {
  if (IsStreaming(*rpc.descriptor)) {
    if (!rpc.has_handler) {
      rpc.begin_stream = [this, &rpc](grpc::CallbackServerContext* context) {
        return StreamCall::Begin(
            std::make_shared<RefusedStreamCall>(parts_, rpc.method, NotBuilt(rpc.method), context));
      };
    }
    service.AddStream(*rpc.descriptor, rpc.begin_stream);
    return;
  }
  if (!rpc.has_handler) {
    rpc.begin_unary = [this, &rpc](UnaryCall::Wire wire) {
      return UnaryCall::Begin(std::make_shared<RefusedUnaryCall>(parts_, rpc.method, wire));
    };
  }
  service.AddUnary(*rpc.descriptor,
                   [&rpc](grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                          grpc::ByteBuffer* response) { return rpc.begin_unary({context, request, response}); });
}

void Dispatcher::RegisterWith(grpc::ServerBuilder& builder) {
  for (auto& [name, rpc] : rpcs_) AddTo(services_.at(rpc.descriptor->service()->full_name()), rpc);
  for (auto& [name, service] : services_) builder.RegisterService(&service);
  builder.RegisterCallbackGenericService(unknown_.get());
}

}  // namespace staffroom
