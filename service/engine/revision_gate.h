#ifndef STAFFROOM_SERVICE_ENGINE_REVISION_GATE_H_
#define STAFFROOM_SERVICE_ENGINE_REVISION_GATE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "service/base/mutex.h"

namespace staffroom {

// Lets a read wait until the views stand at a revision, without holding a thread. Thread-safe.
//
// Embedded, a writer learns its revision only after the views have it, so a read waits only for what is committed and not
// yet applied: well under a millisecond. That is why the gate needs no timer: the next Open answers everybody, or Close.
class RevisionGate {
 public:
  using Done = std::function<void(const absl::Status&)>;

  // What is committed so far: at start, and by the sequencer before each Open.
  void Committed(uint64_t revision) ABSL_LOCKS_EXCLUDED(mutex_);

  // The views stand at `revision`: answers everybody who waits for it or less, on this thread.
  void Open(uint64_t revision) ABSL_LOCKS_EXCLUDED(mutex_);

  // Nothing will be applied any more: everybody who waits, and whoever comes, is answered `why`.
  void Close(const absl::Status& why) ABSL_LOCKS_EXCLUDED(mutex_);

  // Calls `done` once: OK when the views stand at `revision` or beyond (at once, on this thread, when they do);
  // REVISION_FROM_THE_FUTURE beyond what is committed; QUEUE_FULL when too many wait.
  void Await(uint64_t revision, Done done) ABSL_LOCKS_EXCLUDED(mutex_);

  uint64_t applied() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  mutable Mutex mutex_;
  uint64_t committed_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t applied_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status closed_ ABSL_GUARDED_BY(mutex_);
  std::multimap<uint64_t, Done> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_REVISION_GATE_H_
