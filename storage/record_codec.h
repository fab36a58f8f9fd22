#ifndef STAFFROOM_STORAGE_RECORD_CODEC_H_
#define STAFFROOM_STORAGE_RECORD_CODEC_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message_lite.h"
#include "storage/family.h"

// Values. A record is a version byte (1) and the message's protobuf encoding, the same bytes for the same message.
// New fields need no new version: that is protobuf's part. A version is for what protobuf cannot tell, as another encoding.
namespace staffroom::storage {

inline constexpr char kRecordVersion = 1;

std::string EncodeRecord(const google::protobuf::MessageLite& record);

// Replaces *record. DataLoss when the bytes do not read; FailedPrecondition, naming it, when the version is unknown.
absl::Status DecodeRecord(Family family, absl::string_view key, absl::string_view value,
                          google::protobuf::MessageLite* record);

// Plain numbers, without a version byte: 8 and 4 bytes, big-endian. DataLoss when the length is another.
std::string EncodeNumber(uint64_t number);
std::string EncodeOrdinal(uint32_t ordinal);
absl::StatusOr<uint64_t> DecodeNumber(Family family, absl::string_view key, absl::string_view value);
absl::StatusOr<uint32_t> DecodeOrdinal(Family family, absl::string_view key, absl::string_view value);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_RECORD_CODEC_H_
