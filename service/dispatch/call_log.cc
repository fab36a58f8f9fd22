#include "service/dispatch/call_log.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/base/errors.h"
#include "service/dispatch/json_log.h"
#include "service/dispatch/status_code.h"

namespace staffroom {
namespace {

constexpr std::array<absl::string_view, 4> kStageKeys = {"queue_us", "parse_us", "handler_us", "serialise_us"};

LogLevel LevelOf(absl::StatusCode sent, bool log_failures) {
  if (sent == absl::StatusCode::kOk) return LogLevel::kInfo;
  if (sent == absl::StatusCode::kInternal) return LogLevel::kError;
  return log_failures ? LogLevel::kWarning : LogLevel::kDebug;
}

}  // namespace

void CallLog::Write(const CallSummary& summary) {
  const absl::StatusCode sent = SentCode(summary.status.code());
  const LogLevel level = LevelOf(sent, summary.log_failures);
  if (!log_.IsOn(level)) return;
  if (sent == absl::StatusCode::kOk) {
    if (sample_every_ == 0 || succeeded_.fetch_add(1, std::memory_order_relaxed) % sample_every_ != 0) return;
  }
  JsonFields fields;
  fields.Text("call_id", summary.call_id);
  if (!summary.trace_id.empty()) fields.Text("trace_id", summary.trace_id);
  fields.Text("method", summary.method).Text("code", CodeName(sent));
  const std::string reason = ErrorReason(summary.status);
  if (!reason.empty()) fields.Text("reason", reason);
  if (sent == absl::StatusCode::kInternal) fields.Text("message", summary.status.message());
  for (size_t stage = 0; stage < kStageKeys.size(); ++stage) {
    fields.Number(kStageKeys[stage], absl::ToInt64Microseconds(summary.stage_times[stage]));
  }
  fields.Number("request_bytes", static_cast<int64_t>(summary.request_bytes))
      .Number("response_bytes", static_cast<int64_t>(summary.response_bytes));
  log_.Write(level, "rpc", fields);
}

}  // namespace staffroom
