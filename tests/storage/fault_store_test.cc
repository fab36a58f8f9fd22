#include "tests/support/fault_store.h"

#include "gtest/gtest.h"
#include "storage/memory_store.h"
#include "tests/support/status_matchers.h"

namespace staffroom::storage {
namespace {

WriteBatch PutOf(const std::string& key) {
  WriteBatch batch;
  batch.Put(Family::kIds, key, "");
  return batch;
}

TEST(FaultStore, FailsOneWriteLeavesNothingOfItAndCountsThoseAfter) {
  MemoryStore inner;
  FaultStore store(&inner);
  store.FailWriteAfter(1, absl::InternalError("no device"));
  EXPECT_THAT(store.Write(PutOf("before")), IsOk());
  EXPECT_THAT(store.Write(PutOf("fault")), StatusIs(absl::StatusCode::kInternal, "no device"));
  EXPECT_EQ(store.writes_after_fault(), 0);
  EXPECT_THAT(store.Write(PutOf("after")), IsOk());
  EXPECT_EQ(store.writes_after_fault(), 1);
  EXPECT_THAT(store.TakeSnapshot()->Get(Family::kIds, "fault"), IsOkAndHolds(absl::nullopt));
}

}  // namespace
}  // namespace staffroom::storage
