#include "service/base/lock_graph.h"

#include "absl/synchronization/mutex.h"
#include "gtest/gtest.h"

namespace staffroom {
namespace {

void LockInBothOrders() {
  absl::Mutex a, b;
  {
    absl::MutexLock first(&a);
    absl::MutexLock second(&b);
  }
  absl::MutexLock first(&b);
  absl::MutexLock second(&a);
}

// Where a graph is kept, the second order would end the process.
TEST(LockGraph, IsNotKeptOnceItIsSwitchedOff) {
  KeepNoLockGraph();
  LockInBothOrders();
}

}  // namespace
}  // namespace staffroom
