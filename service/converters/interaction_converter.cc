#include "service/converters/interaction_converter.h"

#include <cmath>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/converters/enum_numbers.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "service/converters/request_identity.h"
#include "service/converters/time_converter.h"
#include "staffroom/v1/interaction.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

static_assert(SameNumber(v1::Interaction::FOLLOW, storage::FOLLOW));
static_assert(SameNumber(v1::Interaction::BLOCK, storage::BLOCK));
static_assert(SameNumber(v1::Interaction::MUTE, storage::MUTE));
static_assert(SameNumber(v1::Interaction::DISMISS, storage::DISMISS));
static_assert(SameNumber(v1::Interaction::REPORT, storage::REPORT));
static_assert(SameNumber(v1::Interaction::LIKE, storage::LIKE));
static_assert(SameNumber(v1::Interaction::SAVE, storage::SAVE));
static_assert(SameNumber(v1::Interaction::JOIN, storage::JOIN));
static_assert(SameNumber(v1::Interaction::MENTOR_REQUEST, storage::MENTOR_REQUEST));
static_assert(SameNumber(v1::Interaction::MENTOR_ACCEPT, storage::MENTOR_ACCEPT));
constexpr int kEventOffset = static_cast<int>(storage::IMPRESSION) - static_cast<int>(v1::Interaction::IMPRESSION);
static_assert(v1::Interaction::CLICK + kEventOffset == storage::CLICK);
static_assert(v1::Interaction::VIEW + kEventOffset == storage::VIEW);
static_assert(v1::Interaction::READ + kEventOffset == storage::READ);
static_assert(v1::Interaction::SHARE + kEventOffset == storage::SHARE);
static_assert(v1::Interaction::REPLY + kEventOffset == storage::REPLY);
static_assert(v1::Interaction::Kind_MAX + kEventOffset == storage::InteractionKind_MAX);

bool IsStateKind(v1::Interaction::Kind kind) { return kind < v1::Interaction::IMPRESSION; }

// The table at the contract's Interaction: which kind may target what.
bool MayTarget(v1::Interaction::Kind kind, v1::Interaction::TargetCase target) {
  switch (kind) {
    case v1::Interaction::FOLLOW:
    case v1::Interaction::BLOCK:
    case v1::Interaction::MUTE:
    case v1::Interaction::JOIN:
    case v1::Interaction::MENTOR_REQUEST:
    case v1::Interaction::MENTOR_ACCEPT:
      return target == v1::Interaction::kAccountId;
    case v1::Interaction::LIKE:
    case v1::Interaction::SAVE:
    case v1::Interaction::READ:
    case v1::Interaction::SHARE:
      return target == v1::Interaction::kPostId || target == v1::Interaction::kResourceId;
    case v1::Interaction::REPLY:
      return target == v1::Interaction::kAccountId || target == v1::Interaction::kPostId;
    default:
      return true;
  }
}

const std::string& TargetId(const v1::Interaction& interaction) {
  switch (interaction.target_case()) {
    case v1::Interaction::kPostId:
      return interaction.post_id();
    case v1::Interaction::kResourceId:
      return interaction.resource_id();
    default:
      return interaction.account_id();
  }
}

storage::ItemKind TargetKind(const v1::Interaction& interaction) {
  switch (interaction.target_case()) {
    case v1::Interaction::kAccountId:
      return storage::ITEM_ACCOUNT;
    case v1::Interaction::kPostId:
      return storage::ITEM_POST;
    case v1::Interaction::kResourceId:
      return storage::ITEM_RESOURCE;
    default:
      return storage::ITEM_KIND_UNSPECIFIED;
  }
}

void CheckTarget(const FieldPath& path, const v1::Interaction& interaction, FieldChecks& checks) {
  const v1::Interaction::TargetCase target = interaction.target_case();
  const FieldPath field = path.Field(target == v1::Interaction::kAccountId    ? "account_id"
                                     : target == v1::Interaction::kPostId     ? "post_id"
                                     : target == v1::Interaction::kResourceId ? "resource_id"
                                                                              : "target");
  if (target == v1::Interaction::TARGET_NOT_SET) {
    return checks.Add(field, reason::kFieldRequired, "an account_id, a post_id or a resource_id is required");
  }
  checks.Id(field, TargetId(interaction));
  if (!MayTarget(interaction.kind(), target)) {
    checks.Add(
        path.Field("kind"), reason::kFieldOutOfRange,
        absl::StrCat(v1::Interaction::Kind_Name(interaction.kind()), " cannot be done to the thing that is named"));
  }
  if (target == v1::Interaction::kAccountId && IsStateKind(interaction.kind()) && !interaction.actor_id().empty() &&
      interaction.account_id() == interaction.actor_id()) {
    checks.Add(field, reason::kFieldOutOfRange, "is the actor itself");
  }
}

// What a write and a deletion have in common: who did what, and when.
void CheckIdentity(const FieldPath& path, const v1::Interaction& interaction, absl::Time now, FieldChecks& checks) {
  checks.Id(path.Field("actor_id"), interaction.actor_id());
  checks.Given(path.Field("kind"), interaction.kind());
  if (interaction.has_event_time()) CheckEventTime(path.Field("event_time"), interaction.event_time(), now, checks);
  checks.Text(path.Field("event_id"), interaction.event_id(), limits::kIdBytes);
}

void CheckWritten(const v1::Interaction& interaction, absl::Time now, FieldChecks& checks) {
  const FieldPath path("interaction");
  CheckIdentity(path, interaction, now, checks);
  CheckTarget(path, interaction, checks);
  if (interaction.has_weight() && !(interaction.weight() > 0.0f && interaction.weight() <= limits::kWeightMax)) {
    checks.Add(path.Field("weight"), reason::kFieldOutOfRange,
               absl::StrCat("is ", interaction.weight(), "; above 0 and at most ", limits::kWeightMax, " is allowed"));
  }
  checks.Text(path.Field("collection"), interaction.collection(), limits::kCollectionBytes);
  if (!interaction.collection().empty() && interaction.kind() != v1::Interaction::SAVE) {
    checks.Add(path.Field("collection"), reason::kFieldOutOfRange, "only a SAVE goes into a collection");
  }
  checks.Text(path.Field("attribution_token"), interaction.attribution_token(), limits::kAttributionTokenBytes);
  checks.Text(path.Field("surface"), interaction.surface(), limits::kSurfaceBytes);
}

void CheckDeleted(const v1::Interaction& interaction, absl::Time now, FieldChecks& checks) {
  const FieldPath path("interaction");
  CheckIdentity(path, interaction, now, checks);
  const bool is_named_event = !IsStateKind(interaction.kind()) && !interaction.event_id().empty();
  if (!is_named_event || interaction.target_case() != v1::Interaction::TARGET_NOT_SET) {
    CheckTarget(path, interaction, checks);
  }
  if (!IsStateKind(interaction.kind()) && !is_named_event && !interaction.has_event_time()) {
    checks.Add(path.Field("event_time"), reason::kFieldRequired, "an event is found by its event_id or its event_time");
  }
}

void FillRecord(const v1::Interaction& interaction, storage::InteractionRecord& record) {
  record.set_kind(ToRecordKind(interaction.kind()));
  record.set_target_kind(TargetKind(interaction));
  if (interaction.has_event_time()) record.set_event_time(ToMicroseconds(interaction.event_time()));
  record.set_event_id(interaction.event_id());
}

}  // namespace

storage::InteractionKind ToRecordKind(v1::Interaction::Kind kind) {
  if (!v1::Interaction::Kind_IsValid(kind)) return storage::INTERACTION_KIND_UNSPECIFIED;
  return static_cast<storage::InteractionKind>(IsStateKind(kind) ? kind : kind + kEventOffset);
}

absl::StatusOr<storage::Mutation> ToMutation(const v1::WriteInteractionRequest& request, absl::Time now) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  if (request.has_interaction()) {
    CheckWritten(request.interaction(), now, checks);
  } else {
    checks.Add(FieldPath("interaction"), reason::kFieldRequired, "an interaction is required");
  }
  CheckRequestId(request, checks);
  if (!errors.empty()) return errors.ToStatus();

  const v1::Interaction& interaction = request.interaction();
  storage::Mutation mutation = MutationOf(WriteRpc::kWriteInteraction, request);
  storage::Mutation::WriteInteraction& body = *mutation.mutable_write_interaction();
  FillRecord(interaction, *body.mutable_record());
  body.mutable_record()->set_weight(interaction.has_weight() ? interaction.weight() : 1.0f);
  body.mutable_record()->set_collection(interaction.collection());
  body.mutable_record()->set_surface(interaction.surface());
  body.set_actor_id(interaction.actor_id());
  body.set_target_id(TargetId(interaction));
  body.set_create_stubs(request.create_stubs());
  return mutation;
}

absl::StatusOr<storage::Mutation> ToMutation(const v1::DeleteInteractionRequest& request, absl::Time now) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  if (request.has_interaction()) {
    CheckDeleted(request.interaction(), now, checks);
  } else {
    checks.Add(FieldPath("interaction"), reason::kFieldRequired, "an interaction is required");
  }
  CheckRequestId(request, checks);
  if (!errors.empty()) return errors.ToStatus();

  const v1::Interaction& interaction = request.interaction();
  storage::Mutation mutation = MutationOf(WriteRpc::kDeleteInteraction, request);
  storage::Mutation::DeleteInteraction& body = *mutation.mutable_delete_interaction();
  FillRecord(interaction, *body.mutable_record());
  body.set_actor_id(interaction.actor_id());
  body.set_target_id(TargetId(interaction));
  body.set_create_stubs(request.create_stubs());
  return mutation;
}

}  // namespace staffroom
