#ifndef STAFFROOM_TESTS_INTEGRATION_SUBPROCESS_H_
#define STAFFROOM_TESTS_INTEGRATION_SUBPROCESS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace staffroom {

// How a program ended.
struct Ended {
  int exit_code = 0;  // -1: a signal ended it
  std::string out;
  std::string err;
};

// Runs a program to its end; a name without a slash is looked for on PATH. DEADLINE_EXCEEDED, with what it wrote, when it had
// to be killed after `timeout`.
absl::StatusOr<Ended> RunProgram(const std::vector<std::string>& command, absl::Duration timeout);

// Whether PATH has a program of this name.
bool IsOnPath(const std::string& program);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_SUBPROCESS_H_
