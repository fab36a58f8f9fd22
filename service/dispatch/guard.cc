#include "service/dispatch/guard.h"

#include <exception>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "service/dispatch/json_log.h"

namespace staffroom {

void RunGuarded(Log& log, absl::string_view call_id, absl::FunctionRef<void()> code) {
  try {
    code();
  } catch (const std::exception& exception) {
    JsonFields fields;
    if (!call_id.empty()) fields.Text("call_id", call_id);
    fields.Text("exception", exception.what());
    log.Write(LogLevel::kError, "handler_threw", fields);
  }
}

}  // namespace staffroom
