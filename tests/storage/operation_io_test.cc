#include "storage/operation_io.h"

#include <vector>

#include "storage/keys.h"
#include "storage/record_codec.h"
#include "tests/storage/io_fixture.h"

namespace staffroom::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;

using OperationIo = IoFixture;

OperationRecord Operation(uint64_t number) {
  OperationRecord record;
  record.set_number(number);
  record.set_kind(OPERATION_EMBEDDING);
  record.set_model_id("a model");
  return record;
}

TEST_F(OperationIo, GivesBackWhatWasPutByRisingNumber) {
  Write([](WriteBatch* batch) {
    for (const uint64_t number : {300u, 2u, 70'000u}) PutOperation(batch, Operation(number));
  });
  EXPECT_THAT(GetOperation(Now(), 300), IsOkAndHolds(Optional(EqualsRecord(Operation(300)))));
  EXPECT_THAT(GetOperation(Now(), 301), IsOkAndHolds(IsNone()));
  std::vector<uint64_t> numbers;
  const auto visit = [&](const OperationRecord& record) {
    numbers.push_back(record.number());
    return absl::OkStatus();
  };
  ASSERT_THAT(ScanOperations(Now(), visit), IsOk());
  EXPECT_THAT(numbers, ElementsAre(2, 300, 70'000));
  Write([](WriteBatch* batch) { DeleteOperation(batch, 300); });
  EXPECT_THAT(GetOperation(Now(), 300), IsOkAndHolds(IsNone()));
}

TEST_F(OperationIo, ReportsARecordThatIsAnothers) {
  PutBytes(Family::kOperations, OperationKey(5), EncodeRecord(Operation(6)));
  EXPECT_THAT(GetOperation(Now(), 5), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("has the number 6")));
}

}  // namespace
}  // namespace staffroom::storage
