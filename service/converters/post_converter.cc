#include "service/converters/post_converter.h"

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/converters/enum_numbers.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "service/converters/mask_converter.h"
#include "service/converters/record_values.h"
#include "service/converters/request_identity.h"
#include "service/converters/time_converter.h"
#include "staffroom/v1/post.pb.h"
#include "staffroom/v1/vocabulary.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

constexpr MaskField kMaskFields[] = {
    {"id", "id"},
    {"author_id", "author"},
    {"text", "text"},
    {"tags", "tags"},
    {"resource_ids", "resources"},
    {"language", "language"},
    {"audience", "audience"},
    {"in_reply_to", "in_reply_to"},
    {"conversation_id", "conversation_id"},
    {"state", "state"},
    {"create_time", "create_time"},
};

void CheckPost(const v1::Post& post, const UpdateMask& mask, absl::Time now, FieldChecks& checks) {
  const FieldPath path("post");
  checks.Id(path.Field("id"), post.id());
  if (mask.Covers("author")) {
    checks.Id(path.Field("author_id"), post.author_id());
  } else {
    checks.OptionalId(path.Field("author_id"), post.author_id());
  }
  checks.Text(path.Field("text"), post.text(), limits::kPostTextBytes);
  checks.Words(path.Field("tags"), post.tags(), limits::kTags, limits::kTagBytes);
  checks.Ids(path.Field("resource_ids"), post.resource_ids(), limits::kPostResources);
  if (!post.language().empty()) checks.Language(path.Field("language"), post.language());
  checks.Known(path.Field("audience"), post.audience());
  checks.OptionalId(path.Field("in_reply_to"), post.in_reply_to());
  checks.Text(path.Field("conversation_id"), post.conversation_id(), limits::kIdBytes);
  checks.Known(path.Field("state"), post.state());
  if (post.has_create_time()) CheckEventTime(path.Field("create_time"), post.create_time(), now, checks);
}

void FillRecord(const v1::Post& post, storage::PostRecord& record) {
  record.set_id(post.id());
  record.set_text(post.text());
  *record.mutable_tags() = post.tags();
  record.set_language(post.language());
  record.set_audience(static_cast<storage::Audience>(post.audience()));
  record.set_conversation_id(post.conversation_id());
  record.set_state(static_cast<storage::State>(post.state()));
  if (post.has_create_time()) record.set_create_time(ToMicroseconds(post.create_time()));
}

}  // namespace

absl::Span<const MaskField> PostMaskFields() { return kMaskFields; }

absl::StatusOr<storage::Mutation> ToMutation(const v1::UpsertPostRequest& request, absl::Time now) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  const UpdateMask mask =
      ConvertMask(request.has_update_mask() ? &request.update_mask() : nullptr, PostMaskFields(), &errors);
  if (request.has_post()) {
    CheckPost(request.post(), mask, now, checks);
  } else {
    checks.Add(FieldPath("post"), reason::kFieldRequired, "a post is required");
  }
  CheckRequestId(request, checks);
  if (!errors.empty()) return errors.ToStatus();

  storage::Mutation mutation = MutationOf(WriteRpc::kUpsertPost, request);
  storage::Mutation::UpsertPost& body = *mutation.mutable_upsert_post();
  FillRecord(request.post(), *body.mutable_record());
  body.set_author_id(request.post().author_id());
  *body.mutable_resource_ids() = request.post().resource_ids();
  body.set_in_reply_to_id(request.post().in_reply_to());
  body.set_create_stubs(request.create_stubs());
  body.mutable_mask()->Add(mask.record_fields.begin(), mask.record_fields.end());
  return mutation;
}

absl::StatusOr<storage::Mutation> ToMutation(const v1::DeletePostRequest& request) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  checks.Id(FieldPath("id"), request.id());
  CheckRequestId(request, checks);
  if (!errors.empty()) return errors.ToStatus();
  storage::Mutation mutation = MutationOf(WriteRpc::kDeletePost, request);
  mutation.mutable_delete_item()->set_kind(storage::ITEM_POST);
  mutation.mutable_delete_item()->set_id(request.id());
  return mutation;
}

v1::Post ToMessage(const storage::PostRecord& record, const PostNames& names) {
  v1::Post post;
  post.set_id(record.id());
  post.set_author_id(names.author_id);
  post.set_text(record.text());
  *post.mutable_tags() = record.tags();
  for (const std::string& id : names.resource_ids) {
    if (!id.empty()) post.add_resource_ids(id);
  }
  post.set_language(record.language());
  post.set_audience(Resolved(record.audience(), v1::Post::PUBLIC));
  post.set_in_reply_to(names.in_reply_to);
  post.set_conversation_id(record.conversation_id());
  post.set_state(Resolved(record.state(), v1::ModerationState::ACTIVE));
  if (record.create_time() != 0) *post.mutable_create_time() = ToTimestamp(record.create_time());
  return post;
}

}  // namespace staffroom
