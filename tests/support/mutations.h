#ifndef STAFFROOM_TESTS_SUPPORT_MUTATIONS_H_
#define STAFFROOM_TESTS_SUPPORT_MUTATIONS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/records.pb.h"

// Mutations as a test says them: what matters is named, the rest is plain. Link staffroom_records.
namespace staffroom {

inline storage::Mutation UpsertAccount(absl::string_view id, storage::AccountRecord record = {}) {
  storage::Mutation mutation;
  *mutation.mutable_upsert_account()->mutable_record() = std::move(record);
  mutation.mutable_upsert_account()->mutable_record()->set_id(std::string(id));
  return mutation;
}

inline storage::Mutation UpsertPost(absl::string_view id, absl::string_view author_id, bool create_stubs = false) {
  storage::Mutation mutation;
  storage::Mutation::UpsertPost* body = mutation.mutable_upsert_post();
  body->mutable_record()->set_id(std::string(id));
  body->set_author_id(std::string(author_id));
  body->set_create_stubs(create_stubs);
  return mutation;
}

inline storage::Mutation UpsertResource(absl::string_view id, absl::string_view author_id = "",
                                        bool create_stubs = false) {
  storage::Mutation mutation;
  storage::Mutation::UpsertResource* body = mutation.mutable_upsert_resource();
  body->mutable_record()->set_id(std::string(id));
  body->set_author_id(std::string(author_id));
  body->set_create_stubs(create_stubs);
  return mutation;
}

inline storage::Mutation Delete(storage::ItemKind kind, absl::string_view id) {
  storage::Mutation mutation;
  mutation.mutable_delete_item()->set_kind(kind);
  mutation.mutable_delete_item()->set_id(std::string(id));
  return mutation;
}

// `time_s`: the event's, in seconds since 1970; 0 = not given. Unknown ids become stubs.
inline storage::Mutation Write(absl::string_view actor, storage::InteractionKind kind, storage::ItemKind target_kind,
                               absl::string_view target, int64_t time_s = 0, bool create_stubs = true) {
  storage::Mutation mutation;
  storage::Mutation::WriteInteraction* body = mutation.mutable_write_interaction();
  body->mutable_record()->set_kind(kind);
  body->mutable_record()->set_target_kind(target_kind);
  body->mutable_record()->set_event_time(time_s * 1'000'000);
  body->mutable_record()->set_weight(1.0f);
  body->set_actor_id(std::string(actor));
  body->set_target_id(std::string(target));
  body->set_create_stubs(create_stubs);
  return mutation;
}

inline storage::Mutation Follow(absl::string_view actor, absl::string_view target, int64_t time_s = 0) {
  return Write(actor, storage::FOLLOW, storage::ITEM_ACCOUNT, target, time_s);
}

inline storage::Mutation Unwrite(absl::string_view actor, storage::InteractionKind kind, storage::ItemKind target_kind,
                                 absl::string_view target, int64_t time_s = 0) {
  storage::Mutation mutation;
  storage::Mutation::DeleteInteraction* body = mutation.mutable_delete_interaction();
  body->mutable_record()->set_kind(kind);
  body->mutable_record()->set_target_kind(target_kind);
  body->mutable_record()->set_event_time(time_s * 1'000'000);
  body->set_actor_id(std::string(actor));
  body->set_target_id(std::string(target));
  return mutation;
}

inline storage::Mutation Unfollow(absl::string_view actor, absl::string_view target, int64_t time_s = 0) {
  return Unwrite(actor, storage::FOLLOW, storage::ITEM_ACCOUNT, target, time_s);
}

inline storage::Mutation WithRequestId(storage::Mutation mutation, absl::string_view request_id,
                                       uint64_t payload_hash) {
  mutation.set_request_id(std::string(request_id));
  mutation.set_payload_hash(payload_hash);
  mutation.set_rpc(1);
  return mutation;
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_MUTATIONS_H_
