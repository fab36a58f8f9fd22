#include "service/dispatch/message_codec.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "grpcpp/support/slice.h"
#include "service/dispatch/wire_diagnosis.h"

namespace staffroom {
namespace {

absl::string_view View(const grpc::Slice& slice) {
  return absl::string_view(reinterpret_cast<const char*>(slice.begin()), slice.size());
}

// The rare path: joins the slices and looks for the fault.
absl::Status Diagnose(const grpc::ByteBuffer& buffer, const google::protobuf::Message& message) {
  grpc::Slice whole;
  if (!buffer.DumpToSingleSlice(&whole).ok()) return absl::InternalError("the request's bytes cannot be read");
  return DiagnoseMalformed(*message.GetDescriptor(), View(whole));
}

}  // namespace

absl::Status ParseMessage(const grpc::ByteBuffer& buffer, google::protobuf::Message* message) {
  if (!buffer.Valid()) return absl::OkStatus();  // no bytes at all: the empty message
  grpc::Slice slice;
  bool parsed = false;
  if (buffer.TrySingleSlice(&slice).ok()) {
    parsed = message->ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
  } else {
    grpc::ProtoBufferReader reader(
        const_cast<grpc::ByteBuffer*>(&buffer));  // reads only, but its interface is not const
    parsed = reader.status().ok() && message->ParseFromZeroCopyStream(&reader);
  }
  return parsed ? absl::OkStatus() : Diagnose(buffer, *message);
}

absl::Status SerializeMessage(const google::protobuf::MessageLite& message, grpc::ByteBuffer* buffer) {
  const size_t size = message.ByteSizeLong();
  if (size > static_cast<size_t>(std::numeric_limits<int>::max())) {
    return absl::InternalError("the response is larger than 2 GiB");
  }
  grpc::Slice slice(size);
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));  // the slice is ours alone as yet
  *buffer = grpc::ByteBuffer(&slice, 1);
  return absl::OkStatus();
}

}  // namespace staffroom
