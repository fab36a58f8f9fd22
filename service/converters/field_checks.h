#ifndef STAFFROOM_SERVICE_CONVERTERS_FIELD_CHECKS_H_
#define STAFFROOM_SERVICE_CONVERTERS_FIELD_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "google/protobuf/repeated_field.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/converters/field_path.h"

namespace staffroom {

// The checks that fields of many messages share. Each adds what is wrong under the field's path and goes on, so that a caller
// mends a request in one go. That texts are UTF-8 the parser has seen to. Not thread-safe.
class FieldChecks {
 public:
  // `errors` must outlive this.
  explicit FieldChecks(FieldErrors* errors) : errors_(*errors) {}

  // FIELD_TOO_LONG beyond `max_bytes`.
  void Text(const FieldPath& path, absl::string_view text, size_t max_bytes);
  // Text that must be there: FIELD_REQUIRED when empty.
  void Word(const FieldPath& path, absl::string_view word, size_t max_bytes);

  // The caller's string for a thing, 1 to 128 bytes: control characters (U+0000-001F, 007F-009F) are FIELD_OUT_OF_RANGE.
  void Id(const FieldPath& path, absl::string_view id);
  // The same where none may be given.
  void OptionalId(const FieldPath& path, absl::string_view id) {
    if (!id.empty()) Id(path, id);
  }

  // BCP 47, loosely: subtags of 1 to 8 letters and digits between hyphens, the first without digits.
  void Language(const FieldPath& path, absl::string_view language);
  // ISO 3166-2 or its first part, loosely: at most 6 bytes; letters, then perhaps letters and digits behind hyphens. May be
  // empty.
  void Region(const FieldPath& path, absl::string_view region);

  // TOO_MANY_ITEMS beyond `max`. Lists below check each item only while the list is not too long.
  bool Count(const FieldPath& path, int count, int max);
  void Words(const FieldPath& path, const google::protobuf::RepeatedPtrField<std::string>& words, int max,
             size_t max_bytes);
  void Ids(const FieldPath& path, const google::protobuf::RepeatedPtrField<std::string>& ids, int max);
  void Languages(const FieldPath& path, const google::protobuf::RepeatedPtrField<std::string>& languages,
                 int max = limits::kLanguages);
  void Regions(const FieldPath& path, const google::protobuf::RepeatedPtrField<std::string>& regions);

  // FIELD_OUT_OF_RANGE outside [least, greatest].
  void Range(const FieldPath& path, int64_t number, int64_t least, int64_t greatest);
  // FIELD_OUT_OF_RANGE outside [0, 1]; so is NaN.
  void Share(const FieldPath& path, float number);

  // ENUM_UNKNOWN when this version has no name for the number; 0 is known.
  template <typename Enum>
  void Known(const FieldPath& path, Enum value) {
    if (IsKnown(value)) return;
    Add(path, reason::kEnumUnknown, absl::StrCat(static_cast<int>(value), " is no value of this field"));
  }
  // The same where a value must be given: 0 is FIELD_REQUIRED.
  template <typename Enum>
  void Given(const FieldPath& path, Enum value) {
    if (static_cast<int>(value) == 0) return Add(path, reason::kFieldRequired, "one of the named values is required");
    Known(path, value);
  }
  // A list of values; 0 is ENUM_UNKNOWN in it.
  template <typename Enum>
  void Values(const FieldPath& path, const google::protobuf::RepeatedField<int>& values, int max) {
    if (!Count(path, values.size(), max)) return;
    for (int i = 0; i < values.size(); ++i) {
      const auto value = static_cast<Enum>(values[i]);
      if (values[i] != 0) {
        Known(path.At(i), value);
      } else {
        Add(path.At(i), reason::kEnumUnknown, "a value in a list must be a named one other than 0");
      }
    }
  }

  void Add(const FieldPath& path, absl::string_view reason, absl::string_view description) {
    errors_.Add(path.ToString(), reason, description);
  }

 private:
  template <typename Enum>
  static bool IsKnown(Enum value) {
    return google::protobuf::GetEnumDescriptor<Enum>()->FindValueByNumber(static_cast<int>(value)) != nullptr;
  }

  FieldErrors& errors_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_FIELD_CHECKS_H_
