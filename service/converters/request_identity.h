#ifndef STAFFROOM_SERVICE_CONVERTERS_REQUEST_IDENTITY_H_
#define STAFFROOM_SERVICE_CONVERTERS_REQUEST_IDENTITY_H_

#include <cstdint>
#include <string>

#include "google/protobuf/message.h"
#include "service/base/digest.h"
#include "service/base/limits.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "storage/records.pb.h"

namespace staffroom {

// Which RPC a request_id belongs to. The numbers are on disks for a day: never reuse one. An item of a batch counts as the
// single request that it is, so that what was sent in a batch may be sent again alone.
enum class WriteRpc : uint8_t {
  kUpsertAccount = 1,
  kUpsertPost = 2,
  kUpsertResource = 3,
  kDeleteAccount = 4,
  kDeletePost = 5,
  kDeleteResource = 6,
  kWriteInteraction = 7,
  kDeleteInteraction = 8,
  kReembed = 9,
};

// The bytes of a message, the same for the same message in every process of this version.
std::string DeterministicBytes(const google::protobuf::Message& message);

// A mutation that knows its request again: `request` has a request_id.
template <typename Request>
storage::Mutation MutationOf(WriteRpc rpc, const Request& request) {
  storage::Mutation mutation;
  mutation.set_rpc(static_cast<int>(rpc));
  if (request.request_id().empty()) return mutation;
  mutation.set_request_id(request.request_id());
  Request payload = request;
  payload.clear_request_id();
  mutation.set_payload_hash(RecordHash().Add(DeterministicBytes(payload)).Finish());
  return mutation;
}

template <typename Request>
void CheckRequestId(const Request& request, FieldChecks& checks) {
  checks.Text(FieldPath("request_id"), request.request_id(), limits::kRequestIdBytes);
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_REQUEST_IDENTITY_H_
