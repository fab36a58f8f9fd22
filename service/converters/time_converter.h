#ifndef STAFFROOM_SERVICE_CONVERTERS_TIME_CONVERTER_H_
#define STAFFROOM_SERVICE_CONVERTERS_TIME_CONVERTER_H_

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"

// A record's times are microseconds since the Unix epoch, 0 = not set; the contract's are Timestamps.
namespace staffroom {

// FIELD_OUT_OF_RANGE before the year 2000, after `now` + 24 h (a late event is fine, a future one is not), or when it is no
// valid Timestamp.
void CheckEventTime(const FieldPath& path, const google::protobuf::Timestamp& time, absl::Time now,
                    FieldChecks& checks);

// FIELD_OUT_OF_RANGE when it is no valid Timestamp (years 1 to 9999, nanos 0 to 999,999,999).
void CheckTimestamp(const FieldPath& path, const google::protobuf::Timestamp& time, FieldChecks& checks);

// REQUIRES: a checked time. Digits below a microsecond are dropped.
int64_t ToMicroseconds(const google::protobuf::Timestamp& time);
absl::Time ToTime(const google::protobuf::Timestamp& time);

google::protobuf::Timestamp ToTimestamp(int64_t microseconds);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_TIME_CONVERTER_H_
