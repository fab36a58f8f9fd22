#ifndef STAFFROOM_SERVICE_DISPATCH_STATUS_CODE_H_
#define STAFFROOM_SERVICE_DISPATCH_STATUS_CODE_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace staffroom {

// google.rpc.Code has these: 0 to 16.
inline constexpr size_t kStatusCodes = 17;

// The code of what a caller sees: UNKNOWN and DATA_LOSS are sent as INTERNAL, and so is a number that is no code.
absl::StatusCode SentCode(absl::StatusCode code);

// The name that contract, logs and metrics use for a code: `OK`, `INVALID_ARGUMENT`, …
absl::string_view CodeName(absl::StatusCode code);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_STATUS_CODE_H_
