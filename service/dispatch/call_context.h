#ifndef STAFFROOM_SERVICE_DISPATCH_CALL_CONTEXT_H_
#define STAFFROOM_SERVICE_DISPATCH_CALL_CONTEXT_H_

#include <atomic>
#include <string>

#include "absl/time/time.h"

namespace staffroom {

// What a caller may do; each role may do all that the ones before it may.
enum class Role { kReader, kWriter, kAdmin };

// What a handler may know about the call it serves. Lives as long as anyone holds it, also after the reply.
// Everything but the cancellation is written once, before the handler runs.
struct CallContext {
  absl::Time received;                           // by the injected clock, when the request's bytes were whole
  absl::Time deadline = absl::InfiniteFuture();  // the caller's
  std::string call_id;                           // names this call in the log and in INTERNAL errors
  std::string trace_id;                          // of the caller's `traceparent`: 32 hexadecimal digits, or empty
  Role role = Role::kReader;

  // True once nobody waits for the answer any more. Long loops ask it; thread-safe.
  bool IsCancelled() const { return cancelled.load(std::memory_order_relaxed); }

  std::atomic<bool> cancelled{false};  // set by dispatch only
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_CALL_CONTEXT_H_
