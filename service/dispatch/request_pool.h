#ifndef STAFFROOM_SERVICE_DISPATCH_REQUEST_POOL_H_
#define STAFFROOM_SERVICE_DISPATCH_REQUEST_POOL_H_

#include <cstddef>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "prometheus/gauge.h"
#include "service/base/mutex.h"
#include "service/dispatch/json_log.h"

// The threads that handlers run on. gRPC's own threads must never wait, and a queue without bound is how a slow minute becomes
// an outage: so new calls wait in a ring of fixed size, and one that finds it full is refused at once.
namespace staffroom {

// A piece of work that its owner keeps alive until it has run: queueing a call allocates nothing.
class PoolTask {
 public:
  virtual ~PoolTask() = default;
  // Runs once, on a pool thread.
  virtual void Run() = 0;
};

// A fixed number of threads over two queues: continuations (of calls already admitted, so bounded by those; never refused and
// always first) and new calls (first come, first served). What either throws costs its call and a line in the log
// (guard.h). Thread-safe.
class RequestPool {
 public:
  struct Options {
    std::string name;  // of its threads, as `top -H` shows them: at most 15 characters
    int threads = 1;
    size_t queue_capacity = 1'000;  // calls waiting, those running not counted
  };

  // `depth` (optional) shows how many calls wait.
  RequestPool(const Options& options, Log& log, prometheus::Gauge* depth);
  ~RequestPool();
  RequestPool(const RequestPool&) = delete;
  RequestPool& operator=(const RequestPool&) = delete;

  // Queues a new call. False when the queue is full or the pool has stopped: the task will not run.
  bool Offer(PoolTask* task) ABSL_LOCKS_EXCLUDED(mutex_);

  // Queues the rest of a call. After Stop it runs on the caller's thread, so that no reply is ever lost.
  void Post(absl::AnyInvocable<void()> continuation) ABSL_LOCKS_EXCLUDED(mutex_);

  // New calls that wait at this moment.
  size_t waiting() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Runs what is queued, then ends the threads. Later calls do nothing.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void RunWorker() ABSL_LOCKS_EXCLUDED(mutex_);
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return waiting_ > 0 || !continuations_.empty(); }
  // Whether to wake a thread for what was just queued. One at a time: a thread that wakes and finds more than it takes wakes
  // the next, so a burst of short calls does not start threads that would only get into each other's way.
  bool MustWake() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (idle_ == 0 || waking_) return false;
    waking_ = true;
    return true;
  }
  PoolTask* TakeTask() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Log& log_;
  prometheus::Gauge* const depth_;
  mutable Mutex mutex_;
  Condition work_or_stop_;
  std::vector<PoolTask*> ring_ ABSL_GUARDED_BY(mutex_);  // `waiting_` tasks from `head_` on
  size_t head_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<absl::AnyInvocable<void()>> continuations_ ABSL_GUARDED_BY(mutex_);
  int idle_ ABSL_GUARDED_BY(mutex_) = 0;         // threads asleep
  bool waking_ ABSL_GUARDED_BY(mutex_) = false;  // one of them is on its way
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

// Which pool a call runs on.
enum class Lane {
  kInteractive,  // as many threads as cores: lookups, recommendations, writes
  kSlow,    // a few threads of its own: exports, retraining, reach over many accounts; never in the way of the others
  kInline,  // on gRPC's own thread: for answers out of memory that must come even when every queue is full (health)
};

// The pools behind the lanes.
struct Lanes {
  RequestPool& interactive;
  RequestPool& slow;
};

// The pool of a lane; null for kInline.
inline RequestPool* PoolOf(const Lanes& lanes, Lane lane) {
  if (lane == Lane::kInline) return nullptr;
  return lane == Lane::kSlow ? &lanes.slow : &lanes.interactive;
}

// When a caller may try again that found a queue full.
inline constexpr absl::Duration kRetryQueueFull = absl::Milliseconds(200);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_REQUEST_POOL_H_
