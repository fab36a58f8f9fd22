#ifndef STAFFROOM_TESTS_SUPPORT_HAND_CLOCK_H_
#define STAFFROOM_TESTS_SUPPORT_HAND_CLOCK_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "service/base/clock.h"

namespace staffroom {

// Time that moves only by hand. Thread-safe. A test that uses it links staffroom_base.
class HandClock : public Clock {
 public:
  explicit HandClock(absl::Time now = absl::FromUnixSeconds(1'700'000'000)) : now_(now) {}

  absl::Time Now() const override {
    absl::MutexLock lock(&mutex_);
    return now_;
  }
  void Advance(absl::Duration by) {
    absl::MutexLock lock(&mutex_);
    now_ += by;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_HAND_CLOCK_H_
