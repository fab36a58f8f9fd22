#include "tests/support/fault_store.h"

#include <memory>
#include <string>
#include <vector>

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

TEST(FaultStore, FailsTheReadsOfTheEntriesThatItIsToldUntilTheyAreHealed) {
  MemoryStore inner;
  FaultStore store(&inner);
  for (const char* key : {"a", "b", "c"}) ASSERT_THAT(store.Write(PutOf(key)), IsOk());
  const std::unique_ptr<Snapshot> taken_before = store.TakeSnapshot();
  store.FailReads(
      [](Family, absl::string_view key) { return key == "b" ? absl::DataLossError("damaged") : absl::OkStatus(); });
  const auto is_damaged = StatusIs(absl::StatusCode::kDataLoss, "damaged");
  EXPECT_THAT(taken_before->Get(Family::kIds, "a"), IsOk());
  EXPECT_THAT(taken_before->Get(Family::kIds, "b"), is_damaged);
  EXPECT_THAT(taken_before->MultiGet(std::vector<FamilyKey>{{Family::kIds, "a"}, {Family::kIds, "b"}}), is_damaged);
  const std::unique_ptr<Iterator> scan = taken_before->Scan(Family::kIds, "", "");
  ASSERT_TRUE(scan->Valid());
  scan->Next();
  EXPECT_FALSE(scan->Valid()) << "the scan ends before the damaged entry";
  EXPECT_THAT(scan->status(), is_damaged);
  store.HealReads();
  EXPECT_THAT(taken_before->Get(Family::kIds, "b"), IsOk());
}

}  // namespace
}  // namespace staffroom::storage
