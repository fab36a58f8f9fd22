#ifndef STAFFROOM_TESTS_STORAGE_IO_FIXTURE_H_
#define STAFFROOM_TESTS_STORAGE_IO_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "storage/memory_store.h"
#include "storage/records.pb.h"
#include "storage/write_batch.h"
#include "tests/support/status_matchers.h"

namespace staffroom::storage {

// A store in memory, and short ways to write it and to look at it.
class IoFixture : public ::testing::Test {
 protected:
  // Fills a batch by `fill` and writes it.
  template <typename Fill>
  void Write(Fill fill) {
    WriteBatch batch;
    fill(&batch);
    ASSERT_THAT(store_.Write(batch), IsOk());
  }
  void PutBytes(Family family, std::string key, std::string value) {
    Write([&](WriteBatch* batch) { batch->Put(family, std::move(key), std::move(value)); });
  }
  // The store as it is now; holds until the next call.
  const Snapshot& Now() {
    snapshot_ = store_.TakeSnapshot();
    return *snapshot_;
  }
  int EntriesIn(Family family) {
    int entries = 0;
    for (auto it = Now().Scan(family, "", ""); it->Valid(); it->Next()) ++entries;
    return entries;
  }
  int EntriesInAll() {
    int entries = 0;
    for (const Family family : AllFamilies()) entries += EntriesIn(family);
    return entries;
  }

 private:
  MemoryStore store_;
  std::unique_ptr<Snapshot> snapshot_;
};

// Holds no value; `IsOkAndHolds(IsNone())` is "no error, and nothing there".
MATCHER(IsNone, "holds no value") { return !arg.has_value(); }

// Messages are equal when they serialize equally: all fields, also those a test did not think of.
MATCHER_P(EqualsRecord, expected, "equals " + expected.ShortDebugString()) {
  *result_listener << "which is " << arg.ShortDebugString();
  return arg.SerializeAsString() == expected.SerializeAsString();
}

}  // namespace staffroom::storage

#endif  // STAFFROOM_TESTS_STORAGE_IO_FIXTURE_H_
