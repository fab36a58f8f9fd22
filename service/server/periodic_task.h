#ifndef STAFFROOM_SERVICE_SERVER_PERIODIC_TASK_H_
#define STAFFROOM_SERVICE_SERVER_PERIODIC_TASK_H_

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "service/base/mutex.h"

namespace staffroom {

// A thread that does one thing again and again, at once and then after every interval, until it is destroyed.
class PeriodicTask {
 public:
  PeriodicTask(absl::Duration interval, std::function<void()> run);
  ~PeriodicTask();
  PeriodicTask(const PeriodicTask&) = delete;
  PeriodicTask& operator=(const PeriodicTask&) = delete;

 private:
  void Loop() ABSL_LOCKS_EXCLUDED(mutex_);

  const absl::Duration interval_;
  const std::function<void()> run_;
  Mutex mutex_;
  Condition stop_or_due_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_PERIODIC_TASK_H_
