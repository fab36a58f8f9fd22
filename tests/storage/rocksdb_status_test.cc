#include "storage/rocksdb_status.h"

#include <stdexcept>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace staffroom::storage {
namespace {

TEST(RocksDbStatus, KeepsWhatACallerActsOn) {
  const auto code = [](const rocksdb::Status& status) { return FromRocksDb(status, "").code(); };
  EXPECT_EQ(code(rocksdb::Status::OK()), absl::StatusCode::kOk);
  EXPECT_EQ(code(rocksdb::Status::Corruption("")), absl::StatusCode::kDataLoss);
  EXPECT_EQ(code(rocksdb::Status::NoSpace()), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(code(rocksdb::Status::IOError("")), absl::StatusCode::kInternal);
  EXPECT_EQ(code(rocksdb::Status::Busy()), absl::StatusCode::kUnavailable);
}

TEST(RocksDbStatus, SaysWhatWasBeingDone) {
  EXPECT_THAT(FromRocksDb(rocksdb::Status::Corruption("block 7"), "scanning"),
              StatusIs(absl::StatusCode::kDataLoss, "scanning: Corruption: block 7"));
}

TEST(RocksDbStatus, TurnsAnExceptionIntoInternal) {
  const auto status = CallRocksDb("opening", []() -> rocksdb::Status { throw std::runtime_error("no thread"); });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal, "opening: no thread"));
}

}  // namespace
}  // namespace staffroom::storage
