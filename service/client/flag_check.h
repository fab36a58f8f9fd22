#ifndef STAFFROOM_SERVICE_CLIENT_FLAG_CHECK_H_
#define STAFFROOM_SERVICE_CLIENT_FLAG_CHECK_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace staffroom {

// INVALID_ARGUMENT, naming the flag, when one of `arguments` (without the program's name) is a flag that nobody defined or that
// does not take its value. Ask before absl::ParseCommandLine, which would end the process with 1, the code of a refusal.
absl::Status CheckFlags(const std::vector<std::string>& arguments);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_FLAG_CHECK_H_
