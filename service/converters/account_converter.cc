#include "service/converters/account_converter.h"

#include <cstdint>
#include <limits>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/converters/enum_numbers.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "service/converters/mask_converter.h"
#include "service/converters/record_values.h"
#include "service/converters/request_identity.h"
#include "service/converters/time_converter.h"
#include "staffroom/v1/account.pb.h"
#include "staffroom/v1/vocabulary.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

constexpr MaskField kMaskFields[] = {
    {"id", "id"},
    {"kind", "kind"},
    {"display_name", "display_name"},
    {"bio", "bio"},
    {"interests", "interests"},
    {"subjects", "subjects"},
    {"grade_bands", "grade_bands"},
    {"languages", "languages"},
    {"region", "region"},
    {"tags", "tags"},
    {"channels", "channels"},
    {"exposure", "exposure"},
    {"follows_visibility", "follows_visibility"},
    {"profiling", "profiling"},
    {"mentor_offer", "mentor_offer"},
    {"verified", "verified"},
    {"state", "state"},
    {"create_time", "create_time"},
    {"update_time", ""},
    {"follower_count", ""},
    {"following_count", ""},
};

void CheckChannels(const FieldPath& path, const google::protobuf::RepeatedPtrField<v1::Account::Channel>& channels,
                   FieldChecks& checks) {
  if (!checks.Count(path, channels.size(), limits::kChannels)) return;
  for (int i = 0; i < channels.size(); ++i) {
    const FieldPath channel = path.At(i);
    checks.Given(channel.Field("kind"), channels[i].kind());
    checks.Text(channel.Field("url"), channels[i].url(), limits::kUrlBytes);
    checks.Range(channel.Field("audience"), channels[i].audience(), 0, std::numeric_limits<int64_t>::max());
  }
}

void CheckMentorOffer(const FieldPath& path, const v1::Account::MentorOffer& offer, FieldChecks& checks) {
  checks.Words(path.Field("topics"), offer.topics(), limits::kMentorTopics, limits::kSubjectBytes);
  checks.Values<v1::GradeBand::Value>(path.Field("grade_bands"), offer.grade_bands(), limits::kGradeBands);
  checks.Range(path.Field("weekly_capacity"), offer.weekly_capacity(), 0, limits::kWeeklyCapacity);
  checks.Text(path.Field("note"), offer.note(), limits::kMentorNoteBytes);
}

void CheckAccount(const v1::Account& account, const UpdateMask& mask, absl::Time now, FieldChecks& checks) {
  const FieldPath path("account");
  checks.Id(path.Field("id"), account.id());
  if (mask.Covers("kind")) {
    checks.Given(path.Field("kind"), account.kind());
  } else {
    checks.Known(path.Field("kind"), account.kind());
  }
  checks.Text(path.Field("display_name"), account.display_name(), limits::kDisplayNameBytes);
  checks.Text(path.Field("bio"), account.bio(), limits::kBioBytes);
  checks.Words(path.Field("interests"), account.interests(), limits::kInterests, limits::kInterestBytes);
  checks.Words(path.Field("subjects"), account.subjects(), limits::kSubjects, limits::kSubjectBytes);
  checks.Values<v1::GradeBand::Value>(path.Field("grade_bands"), account.grade_bands(), limits::kGradeBands);
  checks.Languages(path.Field("languages"), account.languages());
  checks.Region(path.Field("region"), account.region());
  checks.Words(path.Field("tags"), account.tags(), limits::kTags, limits::kTagBytes);
  CheckChannels(path.Field("channels"), account.channels(), checks);
  checks.Known(path.Field("exposure"), account.exposure());
  checks.Known(path.Field("follows_visibility"), account.follows_visibility());
  checks.Known(path.Field("profiling"), account.profiling());
  if (account.has_mentor_offer()) CheckMentorOffer(path.Field("mentor_offer"), account.mentor_offer(), checks);
  checks.Known(path.Field("state"), account.state());
  if (account.has_create_time()) CheckEventTime(path.Field("create_time"), account.create_time(), now, checks);
}

void FillRecord(const v1::Account& account, storage::AccountRecord& record) {
  record.set_id(account.id());
  record.set_kind(static_cast<storage::AccountKind>(account.kind()));
  record.set_display_name(account.display_name());
  record.set_bio(account.bio());
  *record.mutable_interests() = account.interests();
  *record.mutable_subjects() = account.subjects();
  *record.mutable_grade_bands() = WithoutRepeats(account.grade_bands());
  *record.mutable_languages() = account.languages();
  record.set_region(account.region());
  *record.mutable_tags() = account.tags();
  for (const v1::Account::Channel& channel : account.channels()) {
    storage::Channel* const kept = record.add_channels();
    kept->set_kind(channel.kind());
    kept->set_url(channel.url());
    kept->set_audience(channel.audience());
  }
  record.set_exposure(static_cast<storage::Exposure>(account.exposure()));
  record.set_follows_visibility(static_cast<storage::FollowsVisibility>(account.follows_visibility()));
  record.set_profiling(static_cast<storage::Profiling>(account.profiling()));
  if (account.has_mentor_offer()) {
    const v1::Account::MentorOffer& offer = account.mentor_offer();
    *record.mutable_mentor_offer()->mutable_topics() = offer.topics();
    *record.mutable_mentor_offer()->mutable_grade_bands() = WithoutRepeats(offer.grade_bands());
    record.mutable_mentor_offer()->set_weekly_capacity(offer.weekly_capacity());
    record.mutable_mentor_offer()->set_note(offer.note());
  }
  record.set_verified(account.verified());
  record.set_state(static_cast<storage::State>(account.state()));
  if (account.has_create_time()) record.set_create_time(ToMicroseconds(account.create_time()));
}

void FillMentorOffer(const storage::MentorOffer& kept, v1::Account::MentorOffer& offer) {
  *offer.mutable_topics() = kept.topics();
  *offer.mutable_grade_bands() = kept.grade_bands();
  offer.set_weekly_capacity(kept.weekly_capacity());
  offer.set_note(kept.note());
}

}  // namespace

absl::Span<const MaskField> AccountMaskFields() { return kMaskFields; }

absl::StatusOr<storage::Mutation> ToMutation(const v1::UpsertAccountRequest& request, absl::Time now) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  const UpdateMask mask =
      ConvertMask(request.has_update_mask() ? &request.update_mask() : nullptr, AccountMaskFields(), &errors);
  if (request.has_account()) {
    CheckAccount(request.account(), mask, now, checks);
  } else {
    checks.Add(FieldPath("account"), reason::kFieldRequired, "an account is required");
  }
  CheckRequestId(request, checks);
  if (!errors.empty()) return errors.ToStatus();

  storage::Mutation mutation = MutationOf(WriteRpc::kUpsertAccount, request);
  storage::Mutation::UpsertAccount& body = *mutation.mutable_upsert_account();
  FillRecord(request.account(), *body.mutable_record());
  body.set_has_verified(request.account().has_verified());
  body.set_create_stubs(request.create_stubs());
  body.mutable_mask()->Add(mask.record_fields.begin(), mask.record_fields.end());
  return mutation;
}

absl::StatusOr<storage::Mutation> ToMutation(const v1::DeleteAccountRequest& request) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  checks.Id(FieldPath("id"), request.id());
  CheckRequestId(request, checks);
  if (!errors.empty()) return errors.ToStatus();
  storage::Mutation mutation = MutationOf(WriteRpc::kDeleteAccount, request);
  mutation.mutable_delete_item()->set_kind(storage::ITEM_ACCOUNT);
  mutation.mutable_delete_item()->set_id(request.id());
  return mutation;
}

v1::Account ToMessage(const storage::AccountRecord& record, storage::Exposure default_exposure) {
  v1::Account account;
  account.set_id(record.id());
  account.set_kind(static_cast<v1::Account::Kind>(record.kind()));
  account.set_display_name(record.display_name());
  account.set_bio(record.bio());
  *account.mutable_interests() = record.interests();
  *account.mutable_subjects() = record.subjects();
  *account.mutable_grade_bands() = record.grade_bands();
  *account.mutable_languages() = record.languages();
  account.set_region(record.region());
  *account.mutable_tags() = record.tags();
  for (const storage::Channel& kept : record.channels()) {
    v1::Account::Channel* const channel = account.add_channels();
    channel->set_kind(static_cast<v1::Account::Channel::Kind>(kept.kind()));
    channel->set_url(kept.url());
    channel->set_audience(kept.audience());
  }
  account.set_exposure(
      Resolved(record.exposure(), static_cast<v1::Account::Exposure>(static_cast<int>(default_exposure))));
  account.set_follows_visibility(Resolved(record.follows_visibility(), v1::Account::VISIBLE));
  account.set_profiling(Resolved(record.profiling(), v1::Account::ON));
  if (record.has_mentor_offer()) FillMentorOffer(record.mentor_offer(), *account.mutable_mentor_offer());
  account.set_verified(record.verified());
  account.set_state(Resolved(record.state(), v1::ModerationState::ACTIVE));
  if (record.create_time() != 0) *account.mutable_create_time() = ToTimestamp(record.create_time());
  if (record.update_time() != 0) *account.mutable_update_time() = ToTimestamp(record.update_time());
  return account;
}

}  // namespace staffroom
