#include "service/dispatch/request_pool.h"

#include <pthread.h>

#include <algorithm>
#include <cstddef>
#include <thread>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "prometheus/gauge.h"
#include "service/dispatch/guard.h"
#include "service/dispatch/json_log.h"

namespace staffroom {
namespace {

constexpr size_t kThreadNameMax = 15;  // Linux refuses longer ones

}  // namespace

RequestPool::RequestPool(const Options& options, Log& log, prometheus::Gauge* depth)
    : log_(log), depth_(depth), ring_(std::max<size_t>(1, options.queue_capacity)) {
  for (int thread = 0; thread < std::max(1, options.threads); ++thread) {
    threads_.emplace_back([this] { RunWorker(); });
    pthread_setname_np(threads_.back().native_handle(), options.name.substr(0, kThreadNameMax).c_str());
  }
}

RequestPool::~RequestPool() { Stop(); }

bool RequestPool::Offer(PoolTask* task) {
  bool wake = false;
  {
    const MutexLock lock(&mutex_);
    if (stopping_ || waiting_ == ring_.size()) return false;
    size_t tail = head_ + waiting_;
    if (tail >= ring_.size()) tail -= ring_.size();
    ring_[tail] = task;
    ++waiting_;
    wake = MustWake();
    if (depth_ != nullptr) depth_->Set(static_cast<double>(waiting_));
  }
  if (wake) work_or_stop_.NotifyOne();
  return true;
}

void RequestPool::Post(absl::AnyInvocable<void()> continuation) {
  bool wake = false;
  {
    const MutexLock lock(&mutex_);
    if (!stopping_) {
      continuations_.push_back(std::move(continuation));
      continuation = nullptr;
      wake = MustWake();
    }
  }
  if (wake) work_or_stop_.NotifyOne();
  if (continuation) RunGuarded(log_, /*call_id=*/"", [&continuation] { continuation(); });
}

size_t RequestPool::waiting() const {
  const MutexLock lock(&mutex_);
  return waiting_;
}

void RequestPool::Stop() {
  {
    const MutexLock lock(&mutex_);
    if (stopping_) return;
    stopping_ = true;
  }
  work_or_stop_.NotifyAll();
  for (std::thread& thread : threads_) thread.join();
}

PoolTask* RequestPool::TakeTask() {
  PoolTask* const task = ring_[head_];
  if (++head_ == ring_.size()) head_ = 0;
  --waiting_;
  if (depth_ != nullptr) depth_->Set(static_cast<double>(waiting_));
  return task;
}

void RequestPool::RunWorker() {
  while (true) {
    absl::AnyInvocable<void()> continuation;
    PoolTask* task = nullptr;
    bool wake = false;
    {
      const MutexLock lock(&mutex_);
      while (!HasWork() && !stopping_) {
        ++idle_;
        work_or_stop_.Wait(&mutex_);
        --idle_;
        waking_ = false;
      }
      if (!HasWork()) return;
      if (continuations_.empty()) {
        task = TakeTask();
      } else {
        continuation = std::move(continuations_.front());
        continuations_.pop_front();
      }
      wake = HasWork() && MustWake();
    }
    if (wake) work_or_stop_.NotifyOne();
    RunGuarded(log_, /*call_id=*/"", [task, &continuation] {
      if (task != nullptr) {
        task->Run();
      } else {
        continuation();
      }
    });
  }
}

}  // namespace staffroom
