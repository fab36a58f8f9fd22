#ifndef STAFFROOM_TESTS_CONVERTERS_MESSAGES_H_
#define STAFFROOM_TESTS_CONVERTERS_MESSAGES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/types/optional.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"

namespace staffroom {

// A message out of protobuf's text form.
template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) ADD_FAILURE() << "no such message: " << text;
  return message;
}

// What a caller learns of a refused request: the reason, and the path of each wrong field.
struct Refusal {
  std::string reason;
  std::vector<std::string> fields;
  friend bool operator==(const Refusal&, const Refusal&) = default;
  friend std::ostream& operator<<(std::ostream& os, const Refusal& refusal) {
    return os << refusal.reason << " at " << ::testing::PrintToString(refusal.fields);
  }
};

inline Refusal RefusalOf(const absl::Status& status) {
  Refusal refusal{ErrorReason(status), {}};
  const absl::optional<absl::Cord> payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  google::rpc::BadRequest bad_request;
  if (payload.has_value() && bad_request.ParseFromString(std::string(*payload))) {
    for (const auto& violation : bad_request.field_violations()) refusal.fields.push_back(violation.field());
  }
  return refusal;
}

// The refusal of one field.
inline Refusal Refused(absl::string_view reason, const std::string& field) { return {std::string(reason), {field}}; }

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CONVERTERS_MESSAGES_H_
