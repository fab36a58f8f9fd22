#include "service/converters/time_converter.h"

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"

namespace staffroom {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

google::protobuf::Timestamp Moment(int64_t seconds, int32_t nanos = 0) {
  google::protobuf::Timestamp time;
  time.set_seconds(seconds);
  time.set_nanos(nanos);
  return time;
}

bool IsAllowed(const google::protobuf::Timestamp& time) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  CheckEventTime(FieldPath("event_time"), time, kNow, checks);
  return errors.empty();
}

TEST(EventTime, IsAllowedFromTheYear2000ToADayAhead) {
  EXPECT_FALSE(IsAllowed(Moment(946'684'799, 999'999'999)));
  EXPECT_TRUE(IsAllowed(Moment(946'684'800)));
  EXPECT_TRUE(IsAllowed(Moment(1'700'000'000 + 86'400)));
  EXPECT_FALSE(IsAllowed(Moment(1'700'000'000 + 86'400, 1)));
}

TEST(EventTime, IsRefusedWhenItIsNoMomentAtAll) {
  EXPECT_FALSE(IsAllowed(Moment(1'600'000'000, -1)));
  EXPECT_FALSE(IsAllowed(Moment(1'600'000'000, 1'000'000'000)));
  EXPECT_FALSE(IsAllowed(Moment(INT64_MAX)));
  EXPECT_FALSE(IsAllowed(Moment(INT64_MIN)));
}

TEST(Microseconds, ComeBackAsTheTimestampTheyWere) {
  for (const auto& time : {Moment(1'700'000'000, 123'456'000), Moment(0), Moment(-1, 999'999'000)}) {
    const google::protobuf::Timestamp back = ToTimestamp(ToMicroseconds(time));
    EXPECT_EQ(back.seconds(), time.seconds());
    EXPECT_EQ(back.nanos(), time.nanos());
  }
}

}  // namespace
}  // namespace staffroom
