#ifndef STAFFROOM_SERVICE_DISPATCH_MESSAGE_CODEC_H_
#define STAFFROOM_SERVICE_DISPATCH_MESSAGE_CODEC_H_

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"

namespace staffroom {

// Reads a message out of the slices that gRPC received, without joining them first.
// INVALID_ARGUMENT (INVALID_UTF8, MALFORMED_REQUEST) naming the field, when the bytes are no message of its type.
absl::Status ParseMessage(const grpc::ByteBuffer& buffer, google::protobuf::Message* message);

// Writes a message into one slice of exactly its size. INTERNAL above 2 GiB.
absl::Status SerializeMessage(const google::protobuf::MessageLite& message, grpc::ByteBuffer* buffer);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_MESSAGE_CODEC_H_
