#ifndef STAFFROOM_TESTS_DISPATCH_GATE_H_
#define STAFFROOM_TESTS_DISPATCH_GATE_H_

#include "absl/base/thread_annotations.h"
#include "service/base/mutex.h"

namespace staffroom {

// Something that threads wait for until it is opened, once and for good. Thread-safe.
// (absl::Notification would do, but ThreadSanitizer cannot see through Debian's Abseil.)
class Gate {
 public:
  void Open() {
    const MutexLock lock(&mutex_);
    open_ = true;
    opened_.NotifyAll();
  }
  void Wait() const {
    const MutexLock lock(&mutex_);
    while (!open_) opened_.Wait(&mutex_);
  }
  bool IsOpen() const {
    const MutexLock lock(&mutex_);
    return open_;
  }

 private:
  mutable Mutex mutex_;
  mutable Condition opened_;
  bool open_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_DISPATCH_GATE_H_
