#include "service/converters/mask_converter.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/field_mask.pb.h"
#include "service/base/errors.h"

namespace staffroom {
namespace {

constexpr absl::string_view kField = "update_mask";
constexpr int kPathsMax = 64;  // more than any message has fields; bounds the work on a hostile mask

}  // namespace

bool UpdateMask::Covers(absl::string_view record_field) const {
  return record_fields.empty() ||
         std::find(record_fields.begin(), record_fields.end(), record_field) != record_fields.end();
}

UpdateMask ConvertMask(const google::protobuf::FieldMask* mask, absl::Span<const MaskField> fields,
                       FieldErrors* errors) {
  UpdateMask converted;
  if (mask == nullptr) return converted;
  if (mask->paths().empty()) {
    errors->Add(kField, reason::kFieldRequired,
                "a mask names at least one path; leave the mask out to replace everything");
  }
  if (mask->paths_size() > kPathsMax) {
    errors->Add(kField, reason::kTooManyItems, absl::StrCat("has ", mask->paths_size(), " paths; at most ", kPathsMax));
    return converted;
  }
  for (const std::string& path : mask->paths()) {
    const auto* const field =
        std::find_if(fields.begin(), fields.end(), [&path](const MaskField& known) { return known.path == path; });
    if (field == fields.end()) {
      errors->Add(kField, reason::kFieldOutOfRange,
                  absl::StrCat("\"", path, "\" is no field that can be changed alone"));
    } else if (field->record_field.empty()) {
      errors->Add(kField, reason::kFieldOutOfRange, absl::StrCat("\"", path, "\" is output only"));
    } else if (converted.record_fields.empty() || !converted.Covers(field->record_field)) {
      converted.record_fields.emplace_back(field->record_field);
    }
  }
  return converted;
}

}  // namespace staffroom
