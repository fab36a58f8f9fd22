#include "service/engine/text_fingerprint.h"

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/base/digest.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

uint64_t Of(absl::string_view text) { return text.empty() ? 0 : RecordHash().Add(text).Finish(); }

uint64_t Of(const Strings& words) {
  if (words.empty()) return 0;
  RecordHash hash;
  for (const std::string& word : words) hash.Add(word);
  return hash.Finish();
}

}  // namespace

uint64_t TextFingerprint(const storage::AccountRecord& record, storage::TextField field) {
  switch (field) {
    case storage::BIO:
      return Of(record.bio());
    case storage::INTERESTS:
      return Of(record.interests());
    case storage::SUBJECTS:
      return Of(record.subjects());
    case storage::TAGS:
      return Of(record.tags());
    case storage::MENTOR_TOPICS:
      return Of(record.mentor_offer().topics());
    default:
      return 0;
  }
}

uint64_t TextFingerprint(const storage::PostRecord& record, storage::TextField field) {
  switch (field) {
    case storage::TEXT:
      return Of(record.text());
    case storage::TAGS:
      return Of(record.tags());
    default:
      return 0;
  }
}

uint64_t TextFingerprint(const storage::ResourceRecord& record, storage::TextField field) {
  switch (field) {
    case storage::TITLE:
      return Of(record.title());
    case storage::SUMMARY:
      return Of(record.summary());
    case storage::SUBJECTS:
      return Of(record.subjects());
    case storage::TAGS:
      return Of(record.tags());
    default:
      return 0;
  }
}

}  // namespace staffroom
