#ifndef STAFFROOM_SERVICE_DISPATCH_GUARD_H_
#define STAFFROOM_SERVICE_DISPATCH_GUARD_H_

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "service/dispatch/json_log.h"

namespace staffroom {

// Runs a handler's code, or the rest of it that was left for later. What a library throws through it costs that call, not the
// process: the reply or stream that the code held is dropped with it, which answers INTERNAL, and the log tells why. `call_id`
// is empty where it is not known; the line of the call follows all the same.
void RunGuarded(Log& log, absl::string_view call_id, absl::FunctionRef<void()> code);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_GUARD_H_
