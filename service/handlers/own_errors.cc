#include "service/handlers/own_errors.h"

#include "absl/status/status.h"
#include "service/base/errors.h"

namespace staffroom {

absl::Status OnlyOwn(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kInternal:
      return status;
    case absl::StatusCode::kUnavailable:
      if (HasRetryDelay(status)) return status;
      break;
    default:
      if (!ErrorReason(status).empty()) return status;
  }
  return absl::InternalError(status.ToString());
}

}  // namespace staffroom
