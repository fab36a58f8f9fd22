#ifndef STAFFROOM_SERVICE_DISPATCH_READINESS_H_
#define STAFFROOM_SERVICE_DISPATCH_READINESS_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/base/mutex.h"

namespace staffroom {

enum class Phase {
  kRecovering,  // listening, but the views are not loaded: RPCs answer UNAVAILABLE, health NOT_SERVING
  kServing,
  kReadOnly,  // a write to the disk failed: reads are served, health says NOT_SERVING
  kDraining,  // going down: new RPCs answer UNAVAILABLE, those in flight are finished
};

// `recovering`, `serving`, `read_only`, `draining`.
absl::string_view PhaseName(Phase phase);

// What health and /readyz say: SERVING or not.
inline bool IsHealthy(Phase phase) { return phase == Phase::kServing; }

// What the process is ready for. Asked by every call, told to health and to the metrics port. Thread-safe.
class Readiness {
 public:
  using Listener = std::function<void(Phase)>;

  Phase phase() const { return phase_.load(std::memory_order_acquire); }
  // OK when RPCs are served; else UNAVAILABLE with RetryInfo.
  absl::Status AdmitsCalls() const;

  // Moves on and tells the listeners. Draining is final: whatever comes later is ignored.
  void Set(Phase phase) ABSL_LOCKS_EXCLUDED(mutex_);

  // Set, but only from `from`: whoever brings it about did not see what happened meanwhile, such as a disk that failed.
  void Advance(Phase from, Phase to) ABSL_LOCKS_EXCLUDED(mutex_);

  // Calls `listener` now and at every change, one call at a time; it must not wait, nor call this object.
  // Returns a number for Unsubscribe, after which the listener is not called again.
  int64_t Subscribe(Listener listener) ABSL_LOCKS_EXCLUDED(mutex_);
  void Unsubscribe(int64_t subscription) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void MoveTo(Phase phase) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::atomic<Phase> phase_{Phase::kRecovering};
  Mutex mutex_;
  int64_t next_subscription_ ABSL_GUARDED_BY(mutex_) = 1;
  std::map<int64_t, Listener> listeners_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_READINESS_H_
