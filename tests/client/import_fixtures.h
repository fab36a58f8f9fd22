#ifndef STAFFROOM_TESTS_CLIENT_IMPORT_FIXTURES_H_
#define STAFFROOM_TESTS_CLIENT_IMPORT_FIXTURES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "service/client/import_item.h"

namespace staffroom {

inline const std::string* SomeFile() {
  static const std::string name = "some.jsonl";
  return &name;
}

inline ImportItem AccountItem(absl::string_view id, int64_t line = 1) {
  ImportItem item{.position = {.file = SomeFile(), .line = line}, .record = {}};
  item.record.mutable_account()->set_id(std::string(id));
  return item;
}

inline ImportItem PostItem(absl::string_view id, int64_t line = 1) {
  ImportItem item{.position = {.file = SomeFile(), .line = line}, .record = {}};
  item.record.mutable_post()->set_id(std::string(id));
  return item;
}

inline v1::Interaction Follow(absl::string_view actor, absl::string_view target) {
  v1::Interaction follow;
  follow.set_actor_id(std::string(actor));
  follow.set_kind(v1::Interaction::FOLLOW);
  follow.set_account_id(std::string(target));
  return follow;
}

inline ImportItem FollowItem(absl::string_view actor, absl::string_view target) {
  ImportItem item{.position = {.file = SomeFile(), .line = 1}, .record = {}};
  *item.record.mutable_interaction() = Follow(actor, target);
  return item;
}

inline ImportItem UnfollowItem(absl::string_view actor, absl::string_view target) {
  ImportItem item{.position = {.file = SomeFile(), .line = 1}, .record = {}};
  *item.record.mutable_deleted_interaction() = Follow(actor, target);
  return item;
}

inline google::rpc::Status StatusOf(google::rpc::Code code, absl::string_view message = "") {
  google::rpc::Status status;
  status.set_code(code);
  status.set_message(std::string(message));
  return status;
}

// What a server says that is full for so many seconds.
inline google::rpc::Status FullFor(int seconds) {
  google::rpc::Status status = StatusOf(google::rpc::RESOURCE_EXHAUSTED, "the queue is full");
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(seconds);
  status.add_details()->PackFrom(retry);
  return status;
}

// Ids of account items, in order.
inline std::vector<std::string> IdsOf(absl::Span<const ImportItem> items) {
  std::vector<std::string> ids;
  for (const ImportItem& item : items) ids.push_back(item.record.account().id());
  return ids;
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CLIENT_IMPORT_FIXTURES_H_
