#include "service/dispatch/raw_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/impl/codegen/server_callback_handlers.h"
#include "grpcpp/impl/rpc_method.h"
#include "grpcpp/impl/rpc_service_method.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

namespace staffroom {

const char* RawService::KeepPath(const google::protobuf::MethodDescriptor& method) {
  return paths_.emplace_back(absl::StrCat("/", method.service()->full_name(), "/", method.name())).c_str();
}

void RawService::AddUnary(const google::protobuf::MethodDescriptor& method, UnaryEntry entry) {
  AddMethod(new grpc::internal::RpcServiceMethod(KeepPath(method), grpc::internal::RpcMethod::NORMAL_RPC, nullptr));
  MarkMethodRawCallback(methods_++,
                        new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(std::move(entry)));
}

void RawService::AddStream(const google::protobuf::MethodDescriptor& method, StreamEntry entry) {
  AddMethod(new grpc::internal::RpcServiceMethod(KeepPath(method), grpc::internal::RpcMethod::BIDI_STREAMING, nullptr));
  MarkMethodRawCallback(methods_++,
                        new grpc::internal::CallbackBidiHandler<grpc::ByteBuffer, grpc::ByteBuffer>(std::move(entry)));
}

}  // namespace staffroom
