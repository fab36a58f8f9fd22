#include "service/base/errors.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "google/protobuf/message_lite.h"
#include "google/rpc/error_details.pb.h"
#include "service/base/utf8.h"

namespace staffroom {
namespace {

constexpr absl::string_view kDomain = "staffroom";
constexpr absl::string_view kErrorInfoUrl = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr absl::string_view kBadRequestUrl = "type.googleapis.com/google.rpc.BadRequest";
constexpr absl::string_view kResourceInfoUrl = "type.googleapis.com/google.rpc.ResourceInfo";
constexpr absl::string_view kRetryInfoUrl = "type.googleapis.com/google.rpc.RetryInfo";

constexpr size_t kFieldsNamed = 20;
constexpr size_t kDetailBytes = 4 << 10;
constexpr size_t kTextBytes = 200;  // of a field's path, and of what is wrong with it
constexpr size_t kMoreBytes = 64;   // room for "and N more"

// Never cut inside a character: protobuf's parsers refuse a string that is not UTF-8, and with it all details.
std::string Cut(absl::string_view text) { return std::string(Utf8Cut(text, kTextBytes)); }

void Attach(absl::Status& status, absl::string_view url, const google::protobuf::MessageLite& detail) {
  status.SetPayload(url, absl::Cord(detail.SerializeAsString()));
}

absl::Status WithReason(absl::StatusCode code, absl::string_view reason, absl::string_view message) {
  absl::Status status(code, message);
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(std::string(kDomain));
  Attach(status, kErrorInfoUrl, info);
  return status;
}

absl::Status WithRetry(absl::Status status, absl::Duration retry_after) {
  google::rpc::RetryInfo retry;
  const int64_t milliseconds = absl::ToInt64Milliseconds(retry_after);
  retry.mutable_retry_delay()->set_seconds(milliseconds / 1000);
  retry.mutable_retry_delay()->set_nanos(static_cast<int>(milliseconds % 1000) * 1'000'000);
  Attach(status, kRetryInfoUrl, retry);
  return status;
}

absl::Status NotFound(absl::string_view reason, absl::string_view type, absl::string_view id) {
  absl::Status status =
      WithReason(absl::StatusCode::kNotFound, reason, absl::StrCat("there is no ", type, " \"", id, "\""));
  google::rpc::ResourceInfo info;
  info.set_resource_type(std::string(type));
  info.set_resource_name(std::string(id));
  Attach(status, kResourceInfoUrl, info);
  return status;
}

}  // namespace

void FieldErrors::Add(absl::string_view field, absl::string_view reason, absl::string_view description) {
  violations_.push_back({std::string(field), reason, std::string(description)});
}

absl::Status FieldErrors::ToStatus() const {
  if (violations_.empty()) return absl::OkStatus();
  const FieldViolation& first = violations_.front();
  absl::Status status = WithReason(absl::StatusCode::kInvalidArgument, first.reason,
                                   absl::StrCat(Cut(first.field), ": ", Cut(first.description)));
  google::rpc::BadRequest bad_request;
  size_t bytes = 0;
  size_t named = 0;
  for (const FieldViolation& violation : violations_) {
    const std::string field = Cut(violation.field);
    const std::string description = Cut(violation.description);
    bytes += field.size() + description.size() + 8;  // 8: the tags and lengths around them
    if (named == kFieldsNamed || bytes > kDetailBytes - kMoreBytes) break;
    google::rpc::BadRequest::FieldViolation* named_violation = bad_request.add_field_violations();
    named_violation->set_field(field);
    named_violation->set_description(description);
    ++named;
  }
  if (named < violations_.size()) {
    std::string* last = bad_request.mutable_field_violations(static_cast<int>(named) - 1)->mutable_description();
    absl::StrAppend(last, " (and ", violations_.size() - named, " more wrong fields)");
  }
  Attach(status, kBadRequestUrl, bad_request);
  return status;
}

absl::Status InvalidField(absl::string_view field, absl::string_view reason, absl::string_view description) {
  FieldErrors errors;
  errors.Add(field, reason, description);
  return errors.ToStatus();
}

absl::Status AccountNotFound(absl::string_view id) { return NotFound(reason::kAccountNotFound, "account", id); }
absl::Status PostNotFound(absl::string_view id) { return NotFound(reason::kPostNotFound, "post", id); }
absl::Status ResourceNotFound(absl::string_view id) { return NotFound(reason::kResourceNotFound, "resource", id); }
absl::Status InteractionNotFound(absl::string_view description) {
  return NotFound(reason::kInteractionNotFound, "interaction", description);
}

absl::Status OperationNotFound(absl::string_view id) { return NotFound(reason::kOperationNotFound, "operation", id); }

absl::Status RevisionOfAnotherStore() {
  return WithReason(absl::StatusCode::kFailedPrecondition, reason::kRevisionOfAnotherStore,
                    "this revision was given by another store, or before a restore: drop it and ask again without");
}

absl::Status RevisionFromTheFuture() {
  return WithReason(absl::StatusCode::kFailedPrecondition, reason::kRevisionFromTheFuture,
                    "this revision is beyond the last one that was committed");
}

absl::Status MentorFull(absl::string_view mentor_id) {
  return WithReason(absl::StatusCode::kFailedPrecondition, reason::kMentorFull,
                    absl::StrCat("mentor \"", mentor_id, "\" has accepted as many as a week allows"));
}

absl::Status ModelMismatch(absl::string_view serving, absl::string_view wanted) {
  return WithReason(absl::StatusCode::kFailedPrecondition, reason::kModelMismatch,
                    absl::StrCat("vectors of \"", serving, "\" are served, and those of \"", wanted,
                                 "\" can take over only from the next start of the server on"));
}

absl::Status ReadOnlyStore() {
  return WithReason(
      absl::StatusCode::kFailedPrecondition, reason::kReadOnlyStore,
      "a write to the disk failed, so the store takes no more writes; restart the server once the disk is well");
}

absl::Status QueueFull(absl::string_view what, absl::Duration retry_after) {
  return WithRetry(WithReason(absl::StatusCode::kResourceExhausted, reason::kQueueFull, absl::StrCat(what, " is full")),
                   retry_after);
}

absl::Status StoreFull(absl::string_view what) {
  return WithRetry(WithReason(absl::StatusCode::kResourceExhausted, reason::kStoreFull,
                              absl::StrCat("there is no room for another ", what)),
                   absl::Minutes(10));
}

absl::Status NotServing(absl::string_view why, absl::Duration retry_after) {
  return WithRetry(absl::UnavailableError(why), retry_after);
}

absl::Status RequestIdReused() {
  return InvalidField("request_id", reason::kRequestIdReused,
                      "this request_id was used within the last 24 h with another payload");
}

std::string ErrorReason(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kErrorInfoUrl);
  google::rpc::ErrorInfo info;
  if (!payload.has_value() || !info.ParseFromString(std::string(*payload))) return "";
  return info.reason();
}

bool HasRetryDelay(const absl::Status& status) { return status.GetPayload(kRetryInfoUrl).has_value(); }

}  // namespace staffroom
