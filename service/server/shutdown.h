#ifndef STAFFROOM_SERVICE_SERVER_SHUTDOWN_H_
#define STAFFROOM_SERVICE_SERVER_SHUTDOWN_H_

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "service/base/mutex.h"

namespace staffroom {

// Turns SIGTERM and SIGINT into a call that returns. A handler is allowed hardly anything, and least of all gRPC's Shutdown
// (grpc/grpc#24884): ours writes the signal's number into a pipe, which a thread reads that does nothing else. Blocking the
// signals and waiting for them would not do: libraries start threads before main (OpenBLAS), which block nothing, and one of
// those may be given the signal.
// Loading a large store takes a while and cannot be broken off, so a signal that comes before anybody waits is told to
// `before_wait` instead.
class ShutdownSignal {
 public:
  // One at a time: a signal's handler is the process's. Also ignores SIGPIPE, so that a client that hangs up on the metrics
  // port does not end the process. `before_wait` gets the signal's name, on a thread of its own, and is to end the process.
  explicit ShutdownSignal(std::function<void(absl::string_view)> before_wait);
  // From here on both signals are ignored.
  ~ShutdownSignal();
  ShutdownSignal(const ShutdownSignal&) = delete;
  ShutdownSignal& operator=(const ShutdownSignal&) = delete;

  // Waits for the first of them and gives its name.
  absl::string_view Wait() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Fetch() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::function<void(absl::string_view)> before_wait_;
  int read_end_ = -1;
  Mutex mutex_;
  Condition came_;
  absl::string_view name_ ABSL_GUARDED_BY(mutex_);  // of the signal that came; empty: none
  bool waiting_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread fetcher_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_SHUTDOWN_H_
