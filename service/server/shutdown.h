#ifndef STAFFROOM_SERVICE_SERVER_SHUTDOWN_H_
#define STAFFROOM_SERVICE_SERVER_SHUTDOWN_H_

#include <csignal>

#include "absl/strings/string_view.h"

namespace staffroom {

// Turns SIGTERM and SIGINT into a call that returns. The signals are blocked in every thread and fetched by the one that
// waits, since hardly anything is allowed in a handler, and least of all gRPC's Shutdown (grpc/grpc#24884).
class ShutdownSignal {
 public:
  // Blocks both signals in this thread and those it starts later: make it first in main. Also ignores SIGPIPE, so that a
  // client that hangs up on the metrics port does not end the process.
  ShutdownSignal();
  // Waits for the first of them and gives its name.
  absl::string_view Wait();

 private:
  sigset_t signals_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_SHUTDOWN_H_
