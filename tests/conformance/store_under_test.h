#ifndef STAFFROOM_TESTS_CONFORMANCE_STORE_UNDER_TEST_H_
#define STAFFROOM_TESTS_CONFORMANCE_STORE_UNDER_TEST_H_

#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "storage/memory_store.h"
#include "storage/rocksdb_store.h"
#include "storage/store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

// One suite for every Store. A driver joins by adding its maker to the list; no test asks which one it has.
namespace staffroom::storage {

// `dir` is an empty folder of the test's own, there for as long as the store.
using StoreMaker = std::unique_ptr<Store> (*)(const std::string& dir);

struct Driver {
  const char* name;
  StoreMaker make;
};

inline void PrintTo(const Driver& driver, std::ostream* os) { *os << driver.name; }

inline std::vector<Driver> AllDrivers() {
  return {
      {"Memory", [](const std::string&) -> std::unique_ptr<Store> { return std::make_unique<MemoryStore>(); }},
      {"RocksDb",
       [](const std::string& dir) -> std::unique_ptr<Store> {
         auto store = RocksDbStore::Open({.dir = dir});
         EXPECT_THAT(store, IsOk());
         return *std::move(store);
       }},
  };
}

class StoreConformance : public ::testing::TestWithParam<Driver> {
 protected:
  Store& store() { return *store_; }

  void Put(Family family, std::string key, std::string value) {
    WriteBatch batch;
    batch.Put(family, std::move(key), std::move(value));
    ASSERT_THAT(store().Write(batch), IsOk());
  }
  void Delete(Family family, std::string key) {
    WriteBatch batch;
    batch.Delete(family, std::move(key));
    ASSERT_THAT(store().Write(batch), IsOk());
  }

 private:
  const TempDir dir_;
  const std::unique_ptr<Store> store_ = GetParam().make(dir_.path());
};

inline std::string DriverName(const ::testing::TestParamInfo<Driver>& info) { return info.param.name; }

using Entry = std::pair<std::string, std::string>;

// What a scan delivers, to its end.
inline std::vector<Entry> Entries(Iterator* it) {
  std::vector<Entry> entries;
  for (; it->Valid(); it->Next()) entries.emplace_back(it->key(), it->value());
  EXPECT_THAT(it->status(), IsOk());
  return entries;
}

inline std::vector<std::string> Keys(const Snapshot& snapshot, Family family, absl::string_view first,
                                     absl::string_view past_last) {
  std::vector<std::string> keys;
  for (Entry& entry : Entries(snapshot.Scan(family, first, past_last).get())) keys.push_back(std::move(entry.first));
  return keys;
}

}  // namespace staffroom::storage

#endif  // STAFFROOM_TESTS_CONFORMANCE_STORE_UNDER_TEST_H_
