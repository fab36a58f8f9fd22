#ifndef STAFFROOM_SERVICE_CONVERTERS_MASK_CONVERTER_H_
#define STAFFROOM_SERVICE_CONVERTERS_MASK_CONVERTER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/field_mask.pb.h"
#include "service/base/errors.h"

namespace staffroom {

// A field of an API message beside the record field that keeps it.
struct MaskField {
  absl::string_view path;          // as callers write it
  absl::string_view record_field;  // empty: output only
};

// The record fields that an update changes.
struct UpdateMask {
  std::vector<std::string> record_fields;  // empty: no mask, everything is replaced

  bool Covers(absl::string_view record_field) const;
};

// Reads the request's mask; `mask` is null when the request has none. Under `update_mask`: a path that `fields` does not
// hold, one within a field, and an output-only one are FIELD_OUT_OF_RANGE; a mask without paths is FIELD_REQUIRED (taken for
// none it would replace everything, and "nothing" was more likely meant).
UpdateMask ConvertMask(const google::protobuf::FieldMask* mask, absl::Span<const MaskField> fields,
                       FieldErrors* errors);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_MASK_CONVERTER_H_
