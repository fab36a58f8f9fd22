#include "service/converters/resource_converter.h"

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
#include "staffroom/v1/resource.pb.h"
#include "staffroom/v1/vocabulary.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

constexpr MaskField kMaskFields[] = {
    {"id", "id"},
    {"kind", "kind"},
    {"title", "title"},
    {"summary", "summary"},
    {"url", "url"},
    {"author_id", "author"},
    {"publisher_id", "publisher"},
    {"subjects", "subjects"},
    {"grade_bands", "grade_bands"},
    {"languages", "languages"},
    {"tags", "tags"},
    {"minutes", "minutes"},
    {"state", "state"},
    {"publish_time", "publish_time"},
};

void CheckResource(const v1::Resource& resource, const UpdateMask& mask, absl::Time now, FieldChecks& checks) {
  const FieldPath path("resource");
  checks.Id(path.Field("id"), resource.id());
  if (mask.Covers("kind")) {
    checks.Given(path.Field("kind"), resource.kind());
  } else {
    checks.Known(path.Field("kind"), resource.kind());
  }
  checks.Text(path.Field("title"), resource.title(), limits::kTitleBytes);
  checks.Text(path.Field("summary"), resource.summary(), limits::kSummaryBytes);
  checks.Text(path.Field("url"), resource.url(), limits::kUrlBytes);
  checks.OptionalId(path.Field("author_id"), resource.author_id());
  checks.OptionalId(path.Field("publisher_id"), resource.publisher_id());
  checks.Words(path.Field("subjects"), resource.subjects(), limits::kSubjects, limits::kSubjectBytes);
  checks.Values<v1::GradeBand::Value>(path.Field("grade_bands"), resource.grade_bands(), limits::kGradeBands);
  checks.Languages(path.Field("languages"), resource.languages());
  checks.Words(path.Field("tags"), resource.tags(), limits::kTags, limits::kTagBytes);
  checks.Range(path.Field("minutes"), resource.minutes(), 0, limits::kMinutes);
  checks.Known(path.Field("state"), resource.state());
  if (resource.has_publish_time()) CheckEventTime(path.Field("publish_time"), resource.publish_time(), now, checks);
}

void FillRecord(const v1::Resource& resource, storage::ResourceRecord& record) {
  record.set_id(resource.id());
  record.set_kind(resource.kind());
  record.set_title(resource.title());
  record.set_summary(resource.summary());
  record.set_url(resource.url());
  *record.mutable_subjects() = resource.subjects();
  *record.mutable_grade_bands() = WithoutRepeats(resource.grade_bands());
  *record.mutable_languages() = resource.languages();
  *record.mutable_tags() = resource.tags();
  record.set_minutes(resource.minutes());
  record.set_state(static_cast<storage::State>(resource.state()));
  if (resource.has_publish_time()) record.set_publish_time(ToMicroseconds(resource.publish_time()));
}

}  // namespace

absl::Span<const MaskField> ResourceMaskFields() { return kMaskFields; }

absl::StatusOr<storage::Mutation> ToMutation(const v1::UpsertResourceRequest& request, absl::Time now) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  const UpdateMask mask =
      ConvertMask(request.has_update_mask() ? &request.update_mask() : nullptr, ResourceMaskFields(), &errors);
  if (request.has_resource()) {
    CheckResource(request.resource(), mask, now, checks);
  } else {
    checks.Add(FieldPath("resource"), reason::kFieldRequired, "a resource is required");
  }
  CheckRequestId(request, checks);
  if (!errors.empty()) return errors.ToStatus();

  storage::Mutation mutation = MutationOf(WriteRpc::kUpsertResource, request);
  storage::Mutation::UpsertResource& body = *mutation.mutable_upsert_resource();
  FillRecord(request.resource(), *body.mutable_record());
  body.set_author_id(request.resource().author_id());
  body.set_publisher_id(request.resource().publisher_id());
  body.set_create_stubs(request.create_stubs());
  body.mutable_mask()->Add(mask.record_fields.begin(), mask.record_fields.end());
  return mutation;
}

absl::StatusOr<storage::Mutation> ToMutation(const v1::DeleteResourceRequest& request) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  checks.Id(FieldPath("id"), request.id());
  CheckRequestId(request, checks);
  if (!errors.empty()) return errors.ToStatus();
  storage::Mutation mutation = MutationOf(WriteRpc::kDeleteResource, request);
  mutation.mutable_delete_item()->set_kind(storage::ITEM_RESOURCE);
  mutation.mutable_delete_item()->set_id(request.id());
  return mutation;
}

v1::Resource ToMessage(const storage::ResourceRecord& record, const ResourceNames& names) {
  v1::Resource resource;
  resource.set_id(record.id());
  resource.set_kind(static_cast<v1::Resource::Kind>(record.kind()));
  resource.set_title(record.title());
  resource.set_summary(record.summary());
  resource.set_url(record.url());
  resource.set_author_id(names.author_id);
  resource.set_publisher_id(names.publisher_id);
  *resource.mutable_subjects() = record.subjects();
  *resource.mutable_grade_bands() = record.grade_bands();
  *resource.mutable_languages() = record.languages();
  *resource.mutable_tags() = record.tags();
  resource.set_minutes(record.minutes());
  resource.set_state(Resolved(record.state(), v1::ModerationState::ACTIVE));
  if (record.publish_time() != 0) *resource.mutable_publish_time() = ToTimestamp(record.publish_time());
  return resource;
}

}  // namespace staffroom
