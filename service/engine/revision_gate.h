#ifndef STAFFROOM_SERVICE_ENGINE_REVISION_GATE_H_
#define STAFFROOM_SERVICE_ENGINE_REVISION_GATE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/base/clock.h"
#include "service/base/mutex.h"

namespace staffroom {

// Lets a read wait until the views stand at a revision, without holding a thread. Thread-safe.
//
// Embedded, a writer learns its revision only after the views have it, so a read waits only for what is committed and not
// yet applied: well under a millisecond, and the next Open answers everybody, or Close. Where that does not come, a read is
// answered DEADLINE_EXCEEDED at its deadline, and after limits::kMinRevisionWait in any case: the gate has one thread for
// all, which starts with the first read that has to wait and sleeps while none does.
class RevisionGate {
 public:
  using Done = std::function<void(const absl::Status&)>;

  // `clock`, which must outlive it, is asked how late it is.
  explicit RevisionGate(const Clock* clock);
  // REQUIRES: nobody waits any more (Close).
  ~RevisionGate();

  // What is committed so far: at start, and by the sequencer before each Open.
  void Committed(uint64_t revision) ABSL_LOCKS_EXCLUDED(mutex_);

  // The views stand at `revision`: answers everybody who waits for it or less, on this thread.
  void Open(uint64_t revision) ABSL_LOCKS_EXCLUDED(mutex_);

  // Nothing will be applied any more: everybody who waits, and whoever comes, is answered `why`.
  void Close(const absl::Status& why) ABSL_LOCKS_EXCLUDED(mutex_);

  // Calls `done` once: OK when the views stand at `revision` or beyond (at once, on this thread, when they do);
  // REVISION_FROM_THE_FUTURE beyond what is committed; QUEUE_FULL when too many wait; DEADLINE_EXCEEDED when `deadline`
  // passes first, or limits::kMinRevisionWait.
  void Await(uint64_t revision, absl::Time deadline, Done done) ABSL_LOCKS_EXCLUDED(mutex_);

  // Answers those who have waited too long, on this thread. The gate's own thread calls it in time.
  void AnswerOverdue() ABSL_LOCKS_EXCLUDED(mutex_);

  uint64_t applied() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Waiting {
    absl::Time until;
    Done done;
  };

  void RunTimer() ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Time EarliestUntil() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Clock& clock_;
  mutable Mutex mutex_;
  Condition timer_;
  uint64_t committed_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t applied_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status closed_ ABSL_GUARDED_BY(mutex_);
  std::multimap<uint64_t, Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
  absl::Time timer_until_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();  // when the timer's thread will look again
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_REVISION_GATE_H_
