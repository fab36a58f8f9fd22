#ifndef STAFFROOM_SERVICE_BASE_LOCK_GRAPH_H_
#define STAFFROOM_SERVICE_BASE_LOCK_GRAPH_H_

#include "absl/synchronization/mutex.h"

namespace staffroom {

// Makes absl::Mutex keep no graph of who locks what after whom, for the whole process: call it first in main.
// Debian builds Abseil without NDEBUG, so every lock of an absl::Mutex, and gRPC takes dozens a call, is entered into one graph
// behind one lock of its own. Our locks are judged at compile time (thread_annotations) and by TSan instead.
inline void KeepNoLockGraph() { absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore); }

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_BASE_LOCK_GRAPH_H_
