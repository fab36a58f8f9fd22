#include "service/engine/record_merge.h"

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "storage/records.pb.h"

namespace staffroom {

void CopyMasked(const google::protobuf::Message& from, absl::Span<const std::string> mask,
                google::protobuf::Message* to) {
  std::unique_ptr<google::protobuf::Message> copy(from.New());
  copy->CopyFrom(from);
  for (const std::string& name : mask) {
    const google::protobuf::FieldDescriptor* field = from.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) continue;
    to->GetReflection()->SwapFields(to, copy.get(), {field});
  }
}

void KeepUnlessSet(const storage::AccountRecord& before, bool has_verified, storage::AccountRecord* record) {
  if (record->exposure() == storage::EXPOSURE_UNSPECIFIED) record->set_exposure(before.exposure());
  if (record->follows_visibility() == storage::FOLLOWS_VISIBILITY_UNSPECIFIED) {
    record->set_follows_visibility(before.follows_visibility());
  }
  if (record->profiling() == storage::PROFILING_UNSPECIFIED) record->set_profiling(before.profiling());
  if (record->state() == storage::STATE_UNSPECIFIED) record->set_state(before.state());
  if (!has_verified) record->set_verified(before.verified());
}

storage::TextField TextFieldOf(absl::string_view record_field) {
  if (record_field == "bio") return storage::BIO;
  if (record_field == "interests") return storage::INTERESTS;
  if (record_field == "subjects") return storage::SUBJECTS;
  if (record_field == "tags") return storage::TAGS;
  if (record_field == "text") return storage::TEXT;
  if (record_field == "title") return storage::TITLE;
  if (record_field == "summary") return storage::SUMMARY;
  if (record_field == "mentor_offer") return storage::MENTOR_TOPICS;
  return storage::TEXT_FIELD_UNSPECIFIED;
}

absl::Span<const storage::TextField> TextFieldsOf(storage::ItemKind kind) {
  static constexpr storage::TextField kAccount[] = {storage::BIO, storage::INTERESTS, storage::SUBJECTS, storage::TAGS,
                                                    storage::MENTOR_TOPICS};
  static constexpr storage::TextField kPost[] = {storage::TAGS, storage::TEXT};
  static constexpr storage::TextField kResource[] = {storage::SUBJECTS, storage::TAGS, storage::TITLE,
                                                     storage::SUMMARY};
  switch (kind) {
    case storage::ITEM_ACCOUNT:
      return kAccount;
    case storage::ITEM_POST:
      return kPost;
    default:
      return kResource;
  }
}

}  // namespace staffroom
