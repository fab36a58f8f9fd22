#include "storage/record_codec.h"

#include <string>

#include "gtest/gtest.h"
#include "storage/records.pb.h"
#include "tests/support/status_matchers.h"

namespace staffroom::storage {
namespace {

using namespace std::string_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;

IdempotencyRecord SomeRecord() {
  IdempotencyRecord record;
  record.set_payload_hash(7);
  record.set_revision(300);
  return record;
}

absl::Status Decode(absl::string_view value) {
  IdempotencyRecord record;
  return DecodeRecord(Family::kIdempotency, "\x01r", value, &record);
}

TEST(RecordCodec, GivesBackTheMessageInPlaceOfWhatWasThere) {
  IdempotencyRecord record;
  record.set_mutation_time(5);
  ASSERT_THAT(DecodeRecord(Family::kIdempotency, "", EncodeRecord(SomeRecord()), &record), IsOk());
  EXPECT_EQ(record.DebugString(), SomeRecord().DebugString());
}

TEST(RecordCodec, WritesAnEmptyMessageAsItsVersionAlone) {
  EXPECT_EQ(EncodeRecord(IdempotencyRecord()), "\x01"s);
  EXPECT_THAT(Decode("\x01"s), IsOk());
}

TEST(RecordCodec, RefusesAnUnknownVersionByName) {
  std::string value = EncodeRecord(SomeRecord());
  value[0] = 2;
  EXPECT_THAT(Decode(value), StatusIs(absl::StatusCode::kFailedPrecondition,
                                      "idempotency[0172]: the record has version 2; this program knows 1"));
  value[0] = '\xff';
  EXPECT_THAT(Decode(value), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("version 255;")));
}

TEST(RecordCodec, CallsAnEmptyValueCorruptAndNamesTheEntry) {
  EXPECT_THAT(Decode(""), StatusIs(absl::StatusCode::kDataLoss, "idempotency[0172]: the record is empty"));
}

TEST(RecordCodec, CallsBytesThatAreNoMessageCorruptAndNamesTheEntry) {
  const std::string half_a_field = EncodeRecord(SomeRecord()).substr(0, 5);
  for (const std::string& value : {half_a_field, "\x01\xff"s, "\x01\x0f"s}) {
    EXPECT_THAT(Decode(value), StatusIs(absl::StatusCode::kDataLoss,
                                        AllOf(HasSubstr("idempotency[0172]"), HasSubstr("IdempotencyRecord"))));
  }
}

TEST(NumberCodec, IsBigEndianOfOneLength) {
  EXPECT_EQ(EncodeNumber(0x0102030405060708), "\1\2\3\4\5\6\7\x8"s);
  EXPECT_EQ(EncodeOrdinal(0x01020304), "\1\2\3\4"s);
  EXPECT_THAT(DecodeNumber(Family::kMeta, "epoch", EncodeNumber(~0ull)), IsOkAndHolds(~0ull));
  EXPECT_THAT(DecodeOrdinal(Family::kIds, "\1a", EncodeOrdinal(~0u)), IsOkAndHolds(~0u));
  for (const std::string& value : {""s, "\1\2\3"s, "\1\2\3\4\5"s, "\1\2\3\4\5\6\7"s, "\1\2\3\4\5\6\7\x8\x9"s}) {
    EXPECT_THAT(DecodeNumber(Family::kMeta, "epoch", value),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("meta[65706f6368]")));
    EXPECT_THAT(DecodeOrdinal(Family::kIds, "\1a", value),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ids[0161]")));
  }
}

}  // namespace
}  // namespace staffroom::storage
