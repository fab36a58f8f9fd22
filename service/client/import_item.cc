#include "service/client/import_item.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>

#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/util/json_util.h"
#include "service/base/limits.h"

namespace staffroom {
namespace {

constexpr size_t kWrapperBytes = 64;  // what a batch of one adds around a record

// Protobuf's parser shows the place on lines of its own.
std::string OneLine(absl::string_view text) {
  std::string line(text.substr(0, text.find('\n')));
  std::replace_if(line.begin(), line.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return line;
}

void ClearOutputOnly(v1::ImportRecord& record) {
  if (!record.has_account()) return;
  record.mutable_account()->clear_update_time();
  record.mutable_account()->clear_follower_count();
  record.mutable_account()->clear_following_count();
}

// They come after the state kinds (interaction.proto).
bool IsEvent(v1::Interaction::Kind kind) { return kind >= v1::Interaction::IMPRESSION; }

uint64_t OrderKey(const v1::Interaction& interaction) {
  if (interaction.kind() == v1::Interaction::MENTOR_ACCEPT)
    return absl::HashOf(interaction.actor_id(), interaction.kind());
  // The caller's id is all that such an event is known by: a later line may name it with another kind or target, or none.
  if (IsEvent(interaction.kind()) && !interaction.event_id().empty())
    return absl::HashOf(interaction.actor_id(), absl::string_view("event"), interaction.event_id());
  // At most one of the three targets is set; the case tells apart a post and a resource of one id.
  const std::string& target = interaction.has_account_id() ? interaction.account_id()
                              : interaction.has_post_id()  ? interaction.post_id()
                                                           : interaction.resource_id();
  return absl::HashOf(interaction.actor_id(), interaction.kind(), interaction.target_case(), target);
}

}  // namespace

absl::StatusOr<v1::ImportRecord> ParseImportRecord(absl::string_view line) {
  v1::ImportRecord record;
  const auto status = google::protobuf::util::JsonStringToMessage({line.data(), line.size()}, &record,
                                                                  google::protobuf::util::JsonParseOptions());
  if (!status.ok()) {
    const auto message = status.message();
    return absl::InvalidArgumentError(absl::StrCat("not an ImportRecord: ", OneLine({message.data(), message.size()})));
  }
  if (record.record_case() == v1::ImportRecord::RECORD_NOT_SET) {
    return absl::InvalidArgumentError("neither account, post, resource, interaction nor deleted_interaction is set");
  }
  ClearOutputOnly(record);
  if (record.ByteSizeLong() + kWrapperBytes > limits::kReceiveBytes) {
    return absl::InvalidArgumentError("the record is larger than a message may be, 4 MiB");
  }
  return record;
}

RecordKind KindOf(const v1::ImportRecord& record) {
  switch (record.record_case()) {
    case v1::ImportRecord::kAccount:
      return RecordKind::kAccount;
    case v1::ImportRecord::kPost:
      return RecordKind::kPost;
    case v1::ImportRecord::kResource:
      return RecordKind::kResource;
    case v1::ImportRecord::kInteraction:
      return RecordKind::kInteraction;
    default:
      return RecordKind::kDeletedInteraction;
  }
}

uint64_t OrderKey(const v1::ImportRecord& record) {
  switch (record.record_case()) {
    case v1::ImportRecord::kAccount:
      return absl::HashOf(record.record_case(), record.account().id());
    case v1::ImportRecord::kPost:
      return absl::HashOf(record.record_case(), record.post().id());
    case v1::ImportRecord::kResource:
      return absl::HashOf(record.record_case(), record.resource().id());
    case v1::ImportRecord::kInteraction:
      return OrderKey(record.interaction());
    default:
      return OrderKey(record.deleted_interaction());
  }
}

}  // namespace staffroom
