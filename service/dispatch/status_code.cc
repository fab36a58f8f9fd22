#include "service/dispatch/status_code.h"

#include <array>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// Indexed by code.
constexpr std::array<absl::string_view, kStatusCodes> kCodeNames = {
    "OK",        "CANCELLED",       "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS",  "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",    "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED",
};

size_t CodeIndex(absl::StatusCode code) {
  const auto index = static_cast<size_t>(code);
  return index < kCodeNames.size() ? index : static_cast<size_t>(absl::StatusCode::kInternal);
}

}  // namespace

absl::StatusCode SentCode(absl::StatusCode code) {
  const bool hidden = code == absl::StatusCode::kUnknown || code == absl::StatusCode::kDataLoss;
  return hidden ? absl::StatusCode::kInternal : static_cast<absl::StatusCode>(CodeIndex(code));
}

absl::string_view CodeName(absl::StatusCode code) { return kCodeNames[CodeIndex(code)]; }

}  // namespace staffroom
