#include "service/dispatch/wire_diagnosis.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"
#include "service/base/errors.h"
#include "service/base/utf8.h"

namespace staffroom {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// The parser's own limits (google/protobuf/io/coded_stream.h and parse_context.h of protobuf 3.21).
constexpr int kDepthMax = 100;
constexpr size_t kVarintBytes = 10;
constexpr size_t kTagBytes = 5;
constexpr size_t kLengthBytes = 5;
constexpr uint64_t kLengthMax = 0x7FFFFFFF - 16;

enum WireType : uint32_t { kVarint = 0, kFixed64 = 1, kDelimited = 2, kStartGroup = 3, kEndGroup = 4, kFixed32 = 5 };

struct Tag {
  uint32_t number = 0;
  uint32_t wire_type = 0;
};

// The wire type of one unpacked value of the field.
uint32_t WireTypeOf(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
      return kFixed64;
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
      return kFixed32;
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
    case FieldDescriptor::TYPE_MESSAGE:
      return kDelimited;
    case FieldDescriptor::TYPE_GROUP:
      return kStartGroup;
    default:
      return kVarint;
  }
}

bool MustBeUtf8(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_STRING &&
         field.file()->syntax() == google::protobuf::FileDescriptor::SYNTAX_PROTO3;
}

// Where the walk stands: a field inside a message inside … the request. The places are linked through the stack, since a
// path in words is needed once, when something is wrong.
struct Place {
  const Place* parent = nullptr;  // null for the request itself
  const FieldDescriptor* field = nullptr;
  int index = 0;  // of a repeated field: how many came before
};

std::string PathOf(const Place& place) {
  if (place.field == nullptr) return "";
  std::string path = PathOf(*place.parent);
  absl::StrAppend(&path, path.empty() ? "" : ".", place.field->name());
  if (place.field->is_repeated()) absl::StrAppend(&path, "[", place.index, "]");
  return path;
}

// Walks one request. Every Walk… and Read… returns false once an error stands in `error`.
class Walker {
 public:
  explicit Walker(absl::string_view bytes) : bytes_(bytes) {}

  bool WalkMessage(const Descriptor& type, size_t end, const Place& place, int depth);
  const WireError& error() const { return error_; }

 private:
  bool Fail(const Place& place, size_t offset, absl::string_view description, bool invalid_utf8 = false) {
    error_ = {PathOf(place), offset, invalid_utf8, std::string(description)};
    return false;
  }
  bool ReadVarint(size_t end, size_t longest, const Place& place, uint64_t* value);
  bool ReadTag(size_t end, const Place& place, Tag* tag);
  bool ReadLength(size_t end, const Place& place, size_t* length);
  bool Skip(size_t count, size_t end, const Place& place);
  bool WalkKnown(const FieldDescriptor& field, Tag tag, size_t end, const Place& place, int depth);
  bool WalkDelimited(const FieldDescriptor& field, size_t end, const Place& place, int depth);
  bool WalkPacked(const FieldDescriptor& field, size_t end, const Place& place);
  bool SkipUnknown(Tag tag, size_t end, const Place& place, int depth);
  bool WalkGroup(const Descriptor* type, uint32_t number, size_t end, const Place& place, int depth);
  bool WalkFields(const Descriptor* type, uint32_t group, size_t end, const Place& place, int depth);

  const absl::string_view bytes_;
  size_t at_ = 0;
  WireError error_;
};

bool Walker::ReadVarint(size_t end, size_t longest, const Place& place, uint64_t* value) {
  const size_t start = at_;
  *value = 0;
  for (size_t count = 0; count < longest; ++count) {
    if (at_ == end) return Fail(place, start, "a number that does not end");
    const auto byte = static_cast<unsigned char>(bytes_[at_++]);
    *value |= static_cast<uint64_t>(byte & 0x7F) << (7 * count);
    if (byte < 0x80) return true;
  }
  return Fail(place, start, "a number of too many bytes");
}

bool Walker::ReadTag(size_t end, const Place& place, Tag* tag) {
  const size_t start = at_;
  uint64_t value = 0;
  if (!ReadVarint(end, kTagBytes, place, &value)) return false;
  value &= 0xFFFFFFFF;  // as the parser does
  tag->number = static_cast<uint32_t>(value >> 3);
  tag->wire_type = static_cast<uint32_t>(value & 7);
  if (tag->number == 0) return Fail(place, start, "a field of number 0");
  if (tag->wire_type > kFixed32) return Fail(place, start, "a field of a wire type that there is not");
  return true;
}

bool Walker::ReadLength(size_t end, const Place& place, size_t* length) {
  const size_t start = at_;
  uint64_t value = 0;
  if (!ReadVarint(end, kLengthBytes, place, &value)) return false;
  if (value > kLengthMax || value > end - at_) return Fail(place, start, "a length that reaches beyond the end");
  *length = static_cast<size_t>(value);
  return true;
}

bool Walker::Skip(size_t count, size_t end, const Place& place) {
  if (count > end - at_) return Fail(place, at_, "a value that is cut off");
  at_ += count;
  return true;
}

bool Walker::WalkMessage(const Descriptor& type, size_t end, const Place& place, int depth) {
  return WalkFields(&type, 0, end, place, depth);
}

// Reads fields up to `end`, or of a group (its number is not 0) up to its end tag. `type` is null inside unknown groups.
bool Walker::WalkFields(const Descriptor* type, uint32_t group, size_t end, const Place& place, int depth) {
  if (depth > kDepthMax) return Fail(place, at_, "messages nested too deep");
  std::map<uint32_t, int> seen;  // how many values of each repeated field came before
  while (at_ < end) {
    const size_t start = at_;
    Tag tag;
    if (!ReadTag(end, place, &tag)) return false;
    if (tag.wire_type == kEndGroup) {
      if (group != 0 && tag.number == group) return true;
      return Fail(place, start, "the end of a group that did not begin");
    }
    const FieldDescriptor* const field =
        type == nullptr ? nullptr : type->FindFieldByNumber(static_cast<int>(tag.number));
    if (field == nullptr) {
      if (!SkipUnknown(tag, end, place, depth)) return false;
      continue;
    }
    const Place inside{&place, field, field->is_repeated() ? seen[tag.number]++ : 0};
    if (!WalkKnown(*field, tag, end, inside, depth)) return false;
  }
  return group == 0 || Fail(place, end, "a group that does not end");
}

bool Walker::WalkKnown(const FieldDescriptor& field, Tag tag, size_t end, const Place& place, int depth) {
  if (tag.wire_type == kDelimited && field.is_packable()) return WalkPacked(field, end, place);
  if (tag.wire_type != WireTypeOf(field)) return SkipUnknown(tag, end, place, depth);
  if (tag.wire_type == kStartGroup) return WalkGroup(field.message_type(), tag.number, end, place, depth);
  if (tag.wire_type == kDelimited) return WalkDelimited(field, end, place, depth);
  return SkipUnknown(tag, end, place, depth);
}

bool Walker::WalkDelimited(const FieldDescriptor& field, size_t end, const Place& place, int depth) {
  size_t length = 0;
  if (!ReadLength(end, place, &length)) return false;
  if (field.type() == FieldDescriptor::TYPE_MESSAGE) {
    return WalkMessage(*field.message_type(), at_ + length, place, depth + 1);
  }
  if (MustBeUtf8(field)) {
    const size_t valid = Utf8ValidPrefix(bytes_.substr(at_, length));
    if (valid < length) {
      return Fail(place, at_ + valid, absl::StrCat("byte ", valid, " of the text is not UTF-8"), /*invalid_utf8=*/true);
    }
  }
  at_ += length;
  return true;
}

bool Walker::WalkPacked(const FieldDescriptor& field, size_t end, const Place& place) {
  size_t length = 0;
  if (!ReadLength(end, place, &length)) return false;
  const size_t packed_end = at_ + length;
  while (at_ < packed_end) {
    const Tag value{static_cast<uint32_t>(field.number()), WireTypeOf(field)};
    if (!SkipUnknown(value, packed_end, place, 0)) return false;
  }
  return true;
}

bool Walker::SkipUnknown(Tag tag, size_t end, const Place& place, int depth) {
  switch (tag.wire_type) {
    case kVarint: {
      uint64_t value = 0;
      return ReadVarint(end, kVarintBytes, place, &value);
    }
    case kFixed64:
      return Skip(8, end, place);
    case kFixed32:
      return Skip(4, end, place);
    case kStartGroup:
      return WalkGroup(nullptr, tag.number, end, place, depth);
    default: {
      size_t length = 0;
      return ReadLength(end, place, &length) && Skip(length, end, place);
    }
  }
}

bool Walker::WalkGroup(const Descriptor* type, uint32_t number, size_t end, const Place& place, int depth) {
  return WalkFields(type, number, end, place, depth + 1);
}

}  // namespace

absl::optional<WireError> FindWireError(const Descriptor& type, absl::string_view bytes) {
  Walker walker(bytes);
  if (walker.WalkMessage(type, bytes.size(), Place{}, 0)) return absl::nullopt;
  return walker.error();
}

absl::Status DiagnoseMalformed(const Descriptor& type, absl::string_view bytes) {
  const WireError error = FindWireError(type, bytes).value_or(WireError{"", 0, false, "it does not parse"});
  const std::string where = error.invalid_utf8
                                ? error.description
                                : absl::StrCat("the request is not a valid ", type.full_name(), ": at byte ",
                                               error.offset, " stands ", error.description);
  return InvalidField(error.field.empty() ? "(request)" : error.field,
                      error.invalid_utf8 ? reason::kInvalidUtf8 : reason::kMalformedRequest, where);
}

}  // namespace staffroom
