#ifndef STAFFROOM_SERVICE_BASE_ERRORS_H_
#define STAFFROOM_SERVICE_BASE_ERRORS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

// Every error that a caller can meet, as named factories. Inside the service an error is an absl::Status whose payloads are
// the google.rpc detail messages, keyed by their type URL (ErrorInfo, BadRequest, ResourceInfo, RetryInfo): the mapper in
// dispatch/ copies them into the reply and knows no domain. The reasons are contract: never renamed, never reused.
namespace staffroom {

namespace reason {
inline constexpr absl::string_view kMalformedRequest = "MALFORMED_REQUEST";
inline constexpr absl::string_view kInvalidUtf8 = "INVALID_UTF8";
inline constexpr absl::string_view kFieldRequired = "FIELD_REQUIRED";
inline constexpr absl::string_view kFieldTooLong = "FIELD_TOO_LONG";
inline constexpr absl::string_view kFieldOutOfRange = "FIELD_OUT_OF_RANGE";
inline constexpr absl::string_view kEnumUnknown = "ENUM_UNKNOWN";
inline constexpr absl::string_view kTooManyItems = "TOO_MANY_ITEMS";
inline constexpr absl::string_view kContradictoryFilter = "CONTRADICTORY_FILTER";
inline constexpr absl::string_view kPageTokenInvalid = "PAGE_TOKEN_INVALID";
inline constexpr absl::string_view kRequestIdReused = "REQUEST_ID_REUSED";
inline constexpr absl::string_view kAccountNotFound = "ACCOUNT_NOT_FOUND";
inline constexpr absl::string_view kPostNotFound = "POST_NOT_FOUND";
inline constexpr absl::string_view kResourceNotFound = "RESOURCE_NOT_FOUND";
inline constexpr absl::string_view kInteractionNotFound = "INTERACTION_NOT_FOUND";
inline constexpr absl::string_view kOperationNotFound = "OPERATION_NOT_FOUND";
inline constexpr absl::string_view kRevisionOfAnotherStore = "REVISION_OF_ANOTHER_STORE";
inline constexpr absl::string_view kRevisionFromTheFuture = "REVISION_FROM_THE_FUTURE";
inline constexpr absl::string_view kMentorFull = "MENTOR_FULL";
inline constexpr absl::string_view kModelMismatch = "MODEL_MISMATCH";
inline constexpr absl::string_view kReadOnlyStore = "READ_ONLY_STORE";
inline constexpr absl::string_view kQueueFull = "QUEUE_FULL";
inline constexpr absl::string_view kStoreFull = "STORE_FULL";
}  // namespace reason

// One wrong field of a request: `field` is its path in the request, as `account.interests[3]`.
struct FieldViolation {
  std::string field;
  absl::string_view reason;  // one of reason::
  std::string description;   // a sentence for people: what is wrong and what would be right
};

// Collects what is wrong with one request, so that a caller mends everything at once. Not thread-safe.
// The status names the first 20 fields in at most 4 KiB of details, and the last one says how many more there are
// (beyond 8 KB of metadata a gRPC client sees RESOURCE_EXHAUSTED instead of our error).
class FieldErrors {
 public:
  void Add(absl::string_view field, absl::string_view reason, absl::string_view description);
  bool empty() const { return violations_.empty(); }
  const std::vector<FieldViolation>& violations() const { return violations_; }
  // OK when nothing was added; else INVALID_ARGUMENT with the first violation's reason and the fields as BadRequest.
  absl::Status ToStatus() const;

 private:
  std::vector<FieldViolation> violations_;
};

// INVALID_ARGUMENT about one field.
absl::Status InvalidField(absl::string_view field, absl::string_view reason, absl::string_view description);

// NOT_FOUND with ResourceInfo naming the thing.
absl::Status AccountNotFound(absl::string_view id);
absl::Status PostNotFound(absl::string_view id);
absl::Status ResourceNotFound(absl::string_view id);
absl::Status InteractionNotFound(absl::string_view description);
absl::Status OperationNotFound(absl::string_view id);

// FAILED_PRECONDITION.
absl::Status RevisionOfAnotherStore();
absl::Status RevisionFromTheFuture();
absl::Status MentorFull(absl::string_view mentor_id);
absl::Status ModelMismatch(absl::string_view serving, absl::string_view wanted);
absl::Status ReadOnlyStore();

// RESOURCE_EXHAUSTED with RetryInfo.
absl::Status QueueFull(absl::string_view what, absl::Duration retry_after);
absl::Status StoreFull(absl::string_view what);

// UNAVAILABLE with RetryInfo: while recovering, or draining.
absl::Status NotServing(absl::string_view why, absl::Duration retry_after);

// The request id was used before with another payload.
absl::Status RequestIdReused();

// The ErrorInfo reason of a status, or "" when it has none.
std::string ErrorReason(const absl::Status& status);

// Whether a status says when to try again (RetryInfo).
bool HasRetryDelay(const absl::Status& status);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_BASE_ERRORS_H_
