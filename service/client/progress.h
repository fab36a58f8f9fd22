#ifndef STAFFROOM_SERVICE_CLIENT_PROGRESS_H_
#define STAFFROOM_SERVICE_CLIENT_PROGRESS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/time/time.h"

namespace staffroom {

// How far an import is. Bytes, not records, tell how much is left: nobody knows how many records a file holds.
struct Progress {
  int64_t bytes_read = 0;
  int64_t bytes_total = 0;  // 0: not known, as of standard input
  int64_t records = 0;      // answered by the server, refused ones too
  absl::Duration elapsed;
};

// `[=====>    ]  52%  12,345 records  5,120/s  0:37 left`, without an end of line.
std::string ProgressText(const Progress& progress);

// 1234567 as `1,234,567`.
std::string GroupedDigits(int64_t number);

// Keeps people informed without burying them: on a terminal one line that is drawn over ten times a second, elsewhere a line
// of its own every ten seconds. Not thread-safe.
class ProgressPrinter {
 public:
  // `write` gets text as it is to be written.
  ProgressPrinter(bool is_terminal, std::function<void(const std::string&)> write)
      : is_terminal_(is_terminal), write_(std::move(write)) {}

  void Show(const Progress& progress);
  // Removes the line from a terminal; Show draws it again.
  void Clear();
  // A line of another kind, with the progress line out of its way.
  std::string Aside(const std::string& line) const;

 private:
  const bool is_terminal_;
  const std::function<void(const std::string&)> write_;
  absl::Duration shown_at_ = -absl::InfiniteDuration();
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_PROGRESS_H_
