#ifndef STAFFROOM_SERVICE_DISPATCH_WIRE_DIAGNOSIS_H_
#define STAFFROOM_SERVICE_DISPATCH_WIRE_DIAGNOSIS_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"

// Why a request does not parse. The parser of protobuf answers yes or no; a caller who sent one bad byte in the third account
// of a batch of a thousand needs to hear which. So when, and only when, parsing has failed, the bytes are walked a second time
// beside the message's descriptor, by the rules of the parser (https://protobuf.dev/programming-guides/encoding/):
//   1. a field that the descriptor knows with another wire type is an unknown field, not an error;
//   2. strings of proto3 must be UTF-8, bytes and unknown fields need not;
//   3. packed and unpacked forms of a repeated number are both right;
//   4. messages and groups nest at most 100 deep.
// The walk reads every byte once and writes the path only when it has found the fault, so hostile bytes cost about what parsing costs.
namespace staffroom {

// What is wrong, where.
struct WireError {
  std::string field;          // the path as `requests[3].account.display_name`; of the message itself, ""
  size_t offset = 0;          // of the first byte that makes no sense, from the start of the request
  bool invalid_utf8 = false;  // else the bytes are no message
  std::string description;    // a phrase: `a number that does not end`
};

// The first thing wrong with `bytes` as a message of `type`, or nothing when they would parse.
absl::optional<WireError> FindWireError(const google::protobuf::Descriptor& type, absl::string_view bytes);

// INVALID_ARGUMENT with INVALID_UTF8 or MALFORMED_REQUEST, for bytes that did not parse as `type`.
absl::Status DiagnoseMalformed(const google::protobuf::Descriptor& type, absl::string_view bytes);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_WIRE_DIAGNOSIS_H_
