#ifndef STAFFROOM_SERVICE_DISPATCH_RAW_SERVICE_H_
#define STAFFROOM_SERVICE_DISPATCH_RAW_SERVICE_H_

#include <deque>
#include <functional>
#include <string>

#include "google/protobuf/descriptor.h"
#include "grpcpp/impl/service_type.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

// A gRPC service made from its descriptor, whose methods all take and give bytes. The generated service classes are not used:
// their callback methods parse before any code of ours runs and answer bytes that do not parse with UNIMPLEMENTED and no
// message, and every service would need a class that overrides each of its methods by name.
namespace staffroom {

using UnaryEntry =
    std::function<grpc::ServerUnaryReactor*(grpc::CallbackServerContext*, const grpc::ByteBuffer*, grpc::ByteBuffer*)>;
// Every streaming method is served as a bidirectional one: on the wire a server-streaming call is one whose caller sends a
// single message, so one kind of reactor serves them all.
using StreamReactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;
using StreamEntry = std::function<StreamReactor*(grpc::CallbackServerContext*)>;

class RawService : public grpc::Service {
 public:
  void AddUnary(const google::protobuf::MethodDescriptor& method, UnaryEntry entry);
  void AddStream(const google::protobuf::MethodDescriptor& method, StreamEntry entry);

 private:
  const char* KeepPath(const google::protobuf::MethodDescriptor& method);

  std::deque<std::string> paths_;  // gRPC keeps the pointers: a deque does not move them
  int methods_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_RAW_SERVICE_H_
