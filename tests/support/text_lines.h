#ifndef STAFFROOM_TESTS_SUPPORT_TEXT_LINES_H_
#define STAFFROOM_TESTS_SUPPORT_TEXT_LINES_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace staffroom {

// Calls `sink` with each line of a file, plain or gzip, without its line feed, and with its number from 1 on; stops at the
// first that fails, and names it. NOT_FOUND when there is no such file, DATA_LOSS when it cannot be read to its end.
absl::Status ForEachLine(const std::string& path, absl::FunctionRef<absl::Status(absl::string_view, int)> sink);

// All lines.
absl::StatusOr<std::vector<std::string>> ReadLines(const std::string& path);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_TEXT_LINES_H_
