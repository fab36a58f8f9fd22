#include "storage/idempotency_io.h"

#include <string>

#include "tests/storage/io_fixture.h"

namespace staffroom::storage {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

class IdempotencyIo : public IoFixture {
 protected:
  void Put(const RequestName& name, const IdempotencyRecord& record) {
    Write([&](WriteBatch* batch) { PutIdempotency(batch, name, record); });
  }
  // Expires and writes; how many were found.
  size_t ExpireBefore(int64_t mutation_time, size_t limit = 100) {
    WriteBatch batch;
    const auto expired = ExpireIdempotency(Now(), mutation_time, limit, &after_, &batch);
    EXPECT_THAT(expired, IsOk());
    Write([&](WriteBatch* written) { *written = batch; });
    return expired.value_or(0);
  }

  std::string after_;
};

IdempotencyRecord Record(int64_t mutation_time, uint64_t revision = 1) {
  IdempotencyRecord record;
  record.set_mutation_time(mutation_time);
  record.set_revision(revision);
  return record;
}

const RequestName kRequest = {.rpc = 1, .request_id = "r"};

TEST_F(IdempotencyIo, KeepsTheRequestsOfDifferentRpcsApart) {
  Put(kRequest, Record(10, 5));
  EXPECT_THAT(GetIdempotency(Now(), kRequest), IsOkAndHolds(Optional(EqualsRecord(Record(10, 5)))));
  EXPECT_THAT(GetIdempotency(Now(), {.rpc = 2, .request_id = "r"}), IsOkAndHolds(IsNone()));
}

TEST_F(IdempotencyIo, ExpiresStrictlyBeforeTheGivenTimeAndLeavesNoEntryBehind) {
  Put({1, "old"}, Record(10));
  Put({1, "edge"}, Record(11));
  EXPECT_EQ(ExpireBefore(11), 1u);
  EXPECT_THAT(GetIdempotency(Now(), {1, "old"}), IsOkAndHolds(IsNone()));
  EXPECT_THAT(GetIdempotency(Now(), {1, "edge"}), IsOkAndHolds(Optional(EqualsRecord(Record(11)))));
  EXPECT_EQ(ExpireBefore(12), 1u);
  EXPECT_EQ(EntriesInAll(), 0);
}

TEST_F(IdempotencyIo, ExpiresTheOldestFirst) {
  Put({1, "c"}, Record(30));
  Put({2, "a"}, Record(10));
  Put({1, "b"}, Record(20));
  EXPECT_EQ(ExpireBefore(100, /*limit=*/2), 2u);
  EXPECT_THAT(GetIdempotency(Now(), {1, "c"}), IsOkAndHolds(Optional(EqualsRecord(Record(30)))));
  EXPECT_EQ(EntriesIn(Family::kIdempotency), 1);
}

TEST_F(IdempotencyIo, GoesOnBehindWhatItHasLookedAt) {
  Put({1, "a"}, Record(10));
  Put({1, "b"}, Record(10));
  PutBytes(Family::kIdempotency, IdempotencyKey({1, "a"}), "damaged");
  WriteBatch batch;
  EXPECT_FALSE(ExpireIdempotency(Now(), 20, 100, &after_, &batch).ok());
  EXPECT_EQ(ExpireBefore(20), 1u) << "a damaged record does not hold up those behind it";
  EXPECT_THAT(GetIdempotency(Now(), {1, "b"}), IsOkAndHolds(IsNone()));
  Put({1, "c"}, Record(20));
  EXPECT_EQ(ExpireBefore(21), 1u);
}

TEST_F(IdempotencyIo, ARequestPutAgainOutlivesItsOlderEntry) {
  Put(kRequest, Record(10));
  Put(kRequest, Record(50, 9));
  EXPECT_EQ(ExpireBefore(40), 1u);
  EXPECT_THAT(GetIdempotency(Now(), kRequest), IsOkAndHolds(Optional(EqualsRecord(Record(50, 9)))));
  EXPECT_EQ(ExpireBefore(40), 0u) << "the older entry is gone";
  EXPECT_EQ(ExpireBefore(51), 1u);
  EXPECT_EQ(EntriesInAll(), 0);
}

TEST_F(IdempotencyIo, APutLaterInTheBatchOfAnExpiryWins) {
  Put(kRequest, Record(10));
  Write([&](WriteBatch* batch) {
    ASSERT_THAT(ExpireIdempotency(Now(), 40, 100, &after_, batch), IsOk());
    PutIdempotency(batch, kRequest, Record(50, 9));
  });
  EXPECT_THAT(GetIdempotency(Now(), kRequest), IsOkAndHolds(Optional(EqualsRecord(Record(50, 9)))));
}

TEST_F(IdempotencyIo, ReportsBadBytes) {
  PutBytes(Family::kIdempotency, IdempotencyKey(kRequest), "\x01\xff");
  EXPECT_THAT(GetIdempotency(Now(), kRequest), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("idempotency[0172]")));
}

}  // namespace
}  // namespace staffroom::storage
