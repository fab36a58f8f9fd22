#ifndef STAFFROOM_SERVICE_DISPATCH_CALL_LOG_H_
#define STAFFROOM_SERVICE_DISPATCH_CALL_LOG_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/dispatch/json_log.h"

namespace staffroom {

// Where the time of a call goes. Of a stream, `handler` is its whole life after it began.
enum class CallStage { kQueue, kParse, kHandler, kSerialise };
using StageTimes = std::array<absl::Duration, 4>;  // indexed by CallStage

// How one call went.
struct CallSummary {
  absl::string_view method;
  absl::string_view call_id;
  absl::string_view trace_id;  // may be empty
  const absl::Status& status;  // as the handler gave it
  StageTimes stage_times;
  size_t request_bytes = 0;
  size_t response_bytes = 0;
  bool log_failures = true;
};

// Writes one line a call: of every call that failed (INTERNAL as an error, others as a warning), and of every
// `sample_every`-th that did not (as info; 0 = none; 1 = all).
// The message of a status is written for INTERNAL alone: others quote the request, and the log must not say who asked for whom.
class CallLog {
 public:
  CallLog(Log& log, uint64_t sample_every) : log_(log), sample_every_(sample_every) {}
  void Write(const CallSummary& summary);
  Log& log() { return log_; }

 private:
  Log& log_;
  const uint64_t sample_every_;
  std::atomic<uint64_t> succeeded_{0};
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_CALL_LOG_H_
