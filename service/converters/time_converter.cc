#include "service/converters/time_converter.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "service/base/errors.h"
#include "service/base/limits.h"

namespace staffroom {
namespace {

constexpr int64_t kYear1 = -62'135'596'800;
constexpr int64_t kYear10000 = 253'402'300'800;
constexpr int32_t kNanosPerSecond = 1'000'000'000;
constexpr int64_t kMicrosPerSecond = 1'000'000;

bool IsValid(const google::protobuf::Timestamp& time) {
  return time.seconds() >= kYear1 && time.seconds() < kYear10000 && time.nanos() >= 0 && time.nanos() < kNanosPerSecond;
}

}  // namespace

void CheckTimestamp(const FieldPath& path, const google::protobuf::Timestamp& time, FieldChecks& checks) {
  if (!IsValid(time)) checks.Add(path, reason::kFieldOutOfRange, "is no moment of the years 1 to 9999");
}

void CheckEventTime(const FieldPath& path, const google::protobuf::Timestamp& time, absl::Time now,
                    FieldChecks& checks) {
  if (!IsValid(time)) return CheckTimestamp(path, time, checks);
  const absl::Time latest = now + limits::kTimeAhead;
  if (time.seconds() >= limits::kTimeMinSeconds && ToTime(time) <= latest) return;
  checks.Add(path, reason::kFieldOutOfRange,
             absl::StrCat("is ", absl::FormatTime(absl::RFC3339_sec, ToTime(time), absl::UTCTimeZone()),
                          "; from 2000-01-01 to a day from now is allowed"));
}

int64_t ToMicroseconds(const google::protobuf::Timestamp& time) {
  return time.seconds() * kMicrosPerSecond + time.nanos() / 1'000;
}

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

google::protobuf::Timestamp ToTimestamp(int64_t microseconds) {
  int64_t seconds = microseconds / kMicrosPerSecond;
  int64_t rest = microseconds % kMicrosPerSecond;
  if (rest < 0) {
    --seconds;
    rest += kMicrosPerSecond;
  }
  google::protobuf::Timestamp time;
  time.set_seconds(seconds);
  time.set_nanos(static_cast<int32_t>(rest) * 1'000);
  return time;
}

}  // namespace staffroom
