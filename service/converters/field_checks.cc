#include "service/converters/field_checks.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "service/base/errors.h"
#include "service/base/limits.h"

namespace staffroom {
namespace {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

// Unicode's category Cc. In UTF-8 the upper half of it is C2 80 to C2 9F, and C2 is never part of another character.
bool HasControlCharacter(absl::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7f) return true;
    if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
  }
  return false;
}

// Runs of letters and digits between single hyphens, each of 1 to `run_max` characters, the first of letters alone.
bool IsHyphenated(absl::string_view text, size_t run_max) {
  size_t run = 0;
  bool is_first = true;
  for (const char c : text) {
    if (c == '-') {
      if (run == 0) return false;
      run = 0;
      is_first = false;
    } else if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
               (is_first && absl::ascii_isdigit(static_cast<unsigned char>(c))) || ++run > run_max) {
      return false;
    }
  }
  return run > 0;
}

}  // namespace

void FieldChecks::Text(const FieldPath& path, absl::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return;
  Add(path, reason::kFieldTooLong, absl::StrCat("has ", text.size(), " bytes; at most ", max_bytes, " are allowed"));
}

void FieldChecks::Word(const FieldPath& path, absl::string_view word, size_t max_bytes) {
  if (word.empty()) return Add(path, reason::kFieldRequired, absl::StrCat("1 to ", max_bytes, " bytes are required"));
  Text(path, word, max_bytes);
}

void FieldChecks::Id(const FieldPath& path, absl::string_view id) {
  Word(path, id, limits::kIdBytes);
  if (HasControlCharacter(id)) {
    Add(path, reason::kFieldOutOfRange, "an id holds no control characters (U+0000-001F, U+007F-009F)");
  }
}

void FieldChecks::Language(const FieldPath& path, absl::string_view language) {
  if (language.empty() || language.size() > limits::kLanguageBytes) {
    return Word(path, language, limits::kLanguageBytes);
  }
  if (!IsHyphenated(language, 8)) Add(path, reason::kFieldOutOfRange, "is no BCP 47 tag such as `en` or `en-GB`");
}

void FieldChecks::Region(const FieldPath& path, absl::string_view region) {
  if (region.size() > limits::kRegionBytes) return Text(path, region, limits::kRegionBytes);
  if (!region.empty() && !IsHyphenated(region, limits::kRegionBytes)) {
    Add(path, reason::kFieldOutOfRange, "is no ISO 3166-2 code such as `GB` or `GB-SCT`");
  }
}

bool FieldChecks::Count(const FieldPath& path, int count, int max) {
  if (count <= max) return true;
  Add(path, reason::kTooManyItems, absl::StrCat("has ", count, " items; at most ", max, " are allowed"));
  return false;
}

void FieldChecks::Words(const FieldPath& path, const Strings& words, int max, size_t max_bytes) {
  if (!Count(path, words.size(), max)) return;
  for (int i = 0; i < words.size(); ++i) Word(path.At(i), words[i], max_bytes);
}

void FieldChecks::Ids(const FieldPath& path, const Strings& ids, int max) {
  if (!Count(path, ids.size(), max)) return;
  for (int i = 0; i < ids.size(); ++i) Id(path.At(i), ids[i]);
}

void FieldChecks::Languages(const FieldPath& path, const Strings& languages, int max) {
  if (!Count(path, languages.size(), max)) return;
  for (int i = 0; i < languages.size(); ++i) Language(path.At(i), languages[i]);
}

void FieldChecks::Regions(const FieldPath& path, const Strings& regions) {
  if (!Count(path, regions.size(), limits::kFilterWords)) return;
  for (int i = 0; i < regions.size(); ++i) {
    if (regions[i].empty()) {
      Add(path.At(i), reason::kFieldRequired, "a code such as `GB` or `GB-SCT` is required");
    } else {
      Region(path.At(i), regions[i]);
    }
  }
}

void FieldChecks::Range(const FieldPath& path, int64_t number, int64_t least, int64_t greatest) {
  if (number >= least && number <= greatest) return;
  Add(path, reason::kFieldOutOfRange, absl::StrCat("is ", number, "; ", least, " to ", greatest, " is allowed"));
}

void FieldChecks::Share(const FieldPath& path, float number) {
  if (number >= 0.0f && number <= 1.0f) return;
  Add(path, reason::kFieldOutOfRange, absl::StrCat("is ", number, "; 0 to 1 is allowed"));
}

}  // namespace staffroom
