#include "service/server/periodic_task.h"

#include <functional>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "service/base/mutex.h"

namespace staffroom {

PeriodicTask::PeriodicTask(absl::Duration interval, std::function<void()> run)
    : interval_(interval), run_(std::move(run)), thread_(&PeriodicTask::Loop, this) {}

PeriodicTask::~PeriodicTask() {
  {
    MutexLock lock(&mutex_);
    stopping_ = true;
    stop_or_due_.NotifyAll();
  }
  thread_.join();
}

void PeriodicTask::Loop() {
  while (true) {
    run_();
    const absl::Time due = absl::Now() + interval_;
    MutexLock lock(&mutex_);
    while (!stopping_ && absl::Now() < due) stop_or_due_.WaitFor(&mutex_, due - absl::Now());
    if (stopping_) return;
  }
}

}  // namespace staffroom
