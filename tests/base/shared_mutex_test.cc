#include "service/base/shared_mutex.h"

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace staffroom {
namespace {

TEST(SharedMutex, NotesItsLongestHoldsUntilSomebodyTakesThem) {
  SharedMutex mutex;
  {
    ReaderLock lock(&mutex);
  }
  LongestHolds holds = mutex.TakeLongestHolds();
  EXPECT_GT(holds.shared, absl::ZeroDuration());
  EXPECT_EQ(holds.exclusive, absl::ZeroDuration());
  {
    WriterLock lock(&mutex);
  }
  holds = mutex.TakeLongestHolds();
  EXPECT_EQ(holds.shared, absl::ZeroDuration());
  EXPECT_GT(holds.exclusive, absl::ZeroDuration());
}

}  // namespace
}  // namespace staffroom
