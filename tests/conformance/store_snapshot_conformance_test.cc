#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/conformance/store_under_test.h"

namespace staffroom::storage {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::Optional;

// A second name, so that this file stands on its own beside store_conformance_test.cc.
class SnapshotConformance : public StoreConformance {};
INSTANTIATE_TEST_SUITE_P(Drivers, SnapshotConformance, ::testing::ValuesIn(AllDrivers()), DriverName);

TEST_P(SnapshotConformance, KeepsItsMomentUnderLaterWrites) {
  Put(Family::kIds, "changed", "old");
  Put(Family::kIds, "deleted", "old");
  const auto snapshot = store().TakeSnapshot();
  Put(Family::kIds, "changed", "new");
  Delete(Family::kIds, "deleted");
  Put(Family::kIds, "created", "new");

  EXPECT_THAT(Entries(snapshot->Scan(Family::kIds, "", "").get()),
              ElementsAre(Entry("changed", "old"), Entry("deleted", "old")));
  EXPECT_THAT(snapshot->Get(Family::kIds, "changed"), IsOkAndHolds(Optional("old"s)));
  EXPECT_THAT(snapshot->MultiGet({{Family::kIds, "deleted"}, {Family::kIds, "created"}}),
              IsOkAndHolds(ElementsAre(Optional("old"s), absl::optional<std::string>())));
  EXPECT_THAT(Entries(store().TakeSnapshot()->Scan(Family::kIds, "", "").get()),
              ElementsAre(Entry("changed", "new"), Entry("created", "new")));
}

TEST_P(SnapshotConformance, AScanUnderWayDoesNotSeeLaterWrites) {
  for (const char* key : {"a", "b", "c"}) Put(Family::kIds, key, "old");
  const auto snapshot = store().TakeSnapshot();
  const auto scan = snapshot->Scan(Family::kIds, "", "");
  ASSERT_TRUE(scan->Valid());
  Put(Family::kIds, "b", "new");
  Delete(Family::kIds, "c");
  Put(Family::kIds, "d", "new");
  EXPECT_THAT(Entries(scan.get()), ElementsAre(Entry("a", "old"), Entry("b", "old"), Entry("c", "old")));
}

TEST_P(SnapshotConformance, EverySnapshotHasItsOwnMoment) {
  std::vector<std::unique_ptr<Snapshot>> snapshots;
  for (int revision = 0; revision < 5; ++revision) {
    Put(Family::kMeta, "revision", absl::StrCat(revision));
    snapshots.push_back(store().TakeSnapshot());
  }
  snapshots[1].reset();  // the others do not need it
  for (const int revision : {0, 2, 3, 4}) {
    EXPECT_THAT(snapshots[revision]->Get(Family::kMeta, "revision"), IsOkAndHolds(Optional(absl::StrCat(revision))));
  }
}

// Two keys in two families always hold the same number; a reader who sees them differ has seen half a batch.
TEST_P(SnapshotConformance, ReadersBesideAWriterSeeWholeBatchesInOrder) {
  constexpr int kBatches = 300;
  std::atomic<bool> done{false};
  const auto write = [&] {
    for (int i = 0; i < kBatches; ++i) {
      WriteBatch batch;
      batch.Put(Family::kMeta, "revision", absl::StrCat(1000 + i));
      batch.Put(Family::kEdges, "0123456789", absl::StrCat(1000 + i));
      EXPECT_THAT(store().Write(batch), IsOk());
    }
    done = true;
  };
  const auto read = [&] {
    std::string last;
    while (!done) {
      const auto snapshot = store().TakeSnapshot();
      const auto values = snapshot->MultiGet({{Family::kMeta, "revision"}, {Family::kEdges, "0123456789"}});
      ASSERT_THAT(values, IsOk());
      ASSERT_EQ((*values)[0], (*values)[1]) << "half a batch";
      const std::string now = (*values)[0].value_or("");
      ASSERT_LE(last, now) << "went back in time";
      last = now;
    }
  };
  std::thread writer(write);
  std::thread first_reader(read);
  std::thread second_reader(read);
  for (std::thread* thread : {&writer, &first_reader, &second_reader}) thread->join();
}

}  // namespace
}  // namespace staffroom::storage
