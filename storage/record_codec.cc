#include "storage/record_codec.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "storage/big_endian.h"
#include "storage/corrupt_bytes.h"

namespace staffroom::storage {

std::string EncodeRecord(const google::protobuf::MessageLite& record) {
  std::string value(1, kRecordVersion);
  value.reserve(1 + record.ByteSizeLong());
  google::protobuf::io::StringOutputStream bytes(&value);  // appends
  google::protobuf::io::CodedOutputStream coded(&bytes);
  coded.SetSerializationDeterministic(true);
  record.SerializeWithCachedSizes(&coded);
  coded.Trim();
  return value;
}

absl::Status DecodeRecord(Family family, absl::string_view key, absl::string_view value,
                          google::protobuf::MessageLite* record) {
  if (value.empty()) return CorruptBytes(family, key, "the record is empty");
  if (value[0] != kRecordVersion) {
    const auto corrupt = CorruptBytes(family, key,
                                      absl::StrCat("the record has version ", static_cast<uint8_t>(value[0]),
                                                   "; this program knows ", int{kRecordVersion}));
    return absl::FailedPreconditionError(corrupt.message());
  }
  value.remove_prefix(1);
  if (!record->ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    return CorruptBytes(family, key, absl::StrCat("the record is no ", record->GetTypeName()));
  }
  return absl::OkStatus();
}

std::string EncodeNumber(uint64_t number) {
  std::string value;
  AppendBigEndian(&value, number);
  return value;
}

std::string EncodeOrdinal(uint32_t ordinal) {
  std::string value;
  AppendBigEndian(&value, ordinal);
  return value;
}

absl::StatusOr<uint64_t> DecodeNumber(Family family, absl::string_view key, absl::string_view value) {
  if (value.size() == sizeof(uint64_t)) return ReadBigEndian<uint64_t>(value);
  return CorruptBytes(family, key, absl::StrCat("the value is ", value.size(), " bytes long, not 8"));
}

absl::StatusOr<uint32_t> DecodeOrdinal(Family family, absl::string_view key, absl::string_view value) {
  if (value.size() == sizeof(uint32_t)) return ReadBigEndian<uint32_t>(value);
  return CorruptBytes(family, key, absl::StrCat("the value is ", value.size(), " bytes long, not 4"));
}

}  // namespace staffroom::storage
