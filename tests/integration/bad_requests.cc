#include "tests/integration/bad_requests.h"

#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "tests/integration/story.h"

namespace staffroom {
namespace {

constexpr char kUpsertAccount[] = "CatalogService/UpsertAccount";
// Field numbers of UpsertAccountRequest and Account.
constexpr int kAccountField = 1;
constexpr int kKind = 2;
constexpr int kGradeBands = 7;
constexpr int kExposure = 12;

// A good request, made bad by `spoil`.
template <typename Spoil>
BadRequest BadAccount(const std::string& name, const std::string& reason, const std::string& field,
                      const Spoil& spoil) {
  v1::UpsertAccountRequest request;
  request.mutable_account()->set_id("cem");
  request.mutable_account()->set_kind(v1::Account::TEACHER);
  spoil(request);
  return {name, kUpsertAccount, request.SerializeAsString(), absl::StatusCode::kInvalidArgument, reason, field};
}

// A good request, with `more` behind its account's fields: of a number given twice, the later counts.
BadRequest RawAccount(const std::string& name, const std::string& reason, const std::string& field,
                      const std::string& more) {
  v1::Account account;
  account.set_id("cem");
  account.set_kind(v1::Account::TEACHER);
  return {name,
          kUpsertAccount,
          Delimited(kAccountField, account.SerializeAsString() + more),
          absl::StatusCode::kInvalidArgument,
          reason,
          field};
}

template <typename Field>
void Fill(Field* field, int count) {
  for (int i = 0; i < count; ++i) *field->Add() = "word";
}

}  // namespace

std::string Varint(int field, uint64_t value) {
  std::string bytes;
  for (uint64_t rest : {static_cast<uint64_t>(field) << 3, value}) {
    for (; rest >= 0x80; rest >>= 7) bytes.push_back(static_cast<char>(rest | 0x80));
    bytes.push_back(static_cast<char>(rest));
  }
  return bytes;
}

std::string Delimited(int field, const std::string& bytes) {
  std::string head = Varint(field, bytes.size());
  head[0] = static_cast<char>(head[0] | 2);  // wire type 2; the fields here are below 16, so the tag is one byte
  return head + bytes;
}

std::vector<v1::ImportRecord> BadRequestsCommunity() {
  Story story;
  story.Account("ada").add_subjects("physics");
  story.Account("ben").add_subjects("physics");
  story.Account("club", v1::Account::NETWORK);
  story.Post("note", "ada");
  story.Resource("strips");
  return story.records();
}

std::vector<BadRequest> MalformedBytes() {
  v1::Account account;
  account.set_id("cem");
  account.set_kind(v1::Account::TEACHER);
  const std::string good = Delimited(kAccountField, account.SerializeAsString());
  const auto refused = [](const std::string& name, const std::string& rpc, const std::string& bytes,
                          const std::string& reason, const std::string& field) {
    return BadRequest{name, rpc, bytes, absl::StatusCode::kInvalidArgument, reason, field};
  };
  return {
      refused("GarbageToAWrite", kUpsertAccount, std::string(12, '\xff'), "MALFORMED_REQUEST", "(request)"),
      refused("GarbageToARead", "RecommendationService/RecommendAccounts", "\x0f\x0f\x0f", "MALFORMED_REQUEST",
              "(request)"),
      refused("ACutMessage", kUpsertAccount, good.substr(0, good.size() - 1), "MALFORMED_REQUEST", "account"),
      RawAccount("InvalidUtf8InAName", "INVALID_UTF8", "account.display_name", Delimited(3, "caf\xe9")),
      RawAccount("InvalidUtf8InAnId", "INVALID_UTF8", "account.id", Delimited(1, "a\xc0\x80z")),
      RawAccount("InvalidUtf8InTheSecondTag", "INVALID_UTF8", "account.tags[1]",
                 Delimited(10, "fine") + Delimited(10, "\xed\xa0\x80")),
      refused("InvalidUtf8InAnAsker", "RecommendationService/RecommendAccounts", Delimited(1, "\xff"), "INVALID_UTF8",
              "account_id"),
  };
}

std::vector<BadRequest> BadAccounts() {
  using Request = v1::UpsertAccountRequest;
  const auto at = [](Request& request, absl::Time time) {
    request.mutable_account()->mutable_create_time()->set_seconds(absl::ToUnixSeconds(time));
  };
  return {
      BadAccount("NoAccount", "FIELD_REQUIRED", "account", [](Request& r) { r.clear_account(); }),
      BadAccount("AnEmptyId", "FIELD_REQUIRED", "account.id", [](Request& r) { r.mutable_account()->clear_id(); }),
      BadAccount("AnIdOf129Bytes", "FIELD_TOO_LONG", "account.id",
                 [](Request& r) { r.mutable_account()->set_id(IdOf(129)); }),
      BadAccount("ANewlineInAnId", "FIELD_OUT_OF_RANGE", "account.id",
                 [](Request& r) { r.mutable_account()->set_id("a\nb"); }),
      BadAccount("ANulInAnId", "FIELD_OUT_OF_RANGE", "account.id",
                 [](Request& r) { r.mutable_account()->set_id(std::string("a\0b", 3)); }),
      BadAccount("ADelInAnId", "FIELD_OUT_OF_RANGE", "account.id",
                 [](Request& r) { r.mutable_account()->set_id("a\x7f"); }),
      BadAccount("AC1ControlInAnId", "FIELD_OUT_OF_RANGE", "account.id",
                 [](Request& r) { r.mutable_account()->set_id("a\xc2\x85"); }),
      BadAccount("NoKind", "FIELD_REQUIRED", "account.kind", [](Request& r) { r.mutable_account()->clear_kind(); }),
      RawAccount("AnUnknownKind", "ENUM_UNKNOWN", "account.kind", Varint(kKind, 99)),
      RawAccount("ANegativeKind", "ENUM_UNKNOWN", "account.kind", Varint(kKind, ~uint64_t{0})),
      RawAccount("AnUnknownExposure", "ENUM_UNKNOWN", "account.exposure", Varint(kExposure, 5)),
      RawAccount("AnUnknownGradeBand", "ENUM_UNKNOWN", "account.grade_bands[1]",
                 Varint(kGradeBands, 1) + Varint(kGradeBands, 8)),
      RawAccount("AnUnspecifiedGradeBand", "ENUM_UNKNOWN", "account.grade_bands[0]", Varint(kGradeBands, 0)),
      BadAccount("ALongName", "FIELD_TOO_LONG", "account.display_name",
                 [](Request& r) { r.mutable_account()->set_display_name(std::string(257, 'n')); }),
      BadAccount("ALongBio", "FIELD_TOO_LONG", "account.bio",
                 [](Request& r) { r.mutable_account()->set_bio(std::string(4097, 'b')); }),
      BadAccount("ALongInterest", "FIELD_TOO_LONG", "account.interests[1]",
                 [](Request& r) {
                   r.mutable_account()->add_interests("fine");
                   r.mutable_account()->add_interests(std::string(129, 'x'));
                 }),
      BadAccount("SixtyFiveInterests", "TOO_MANY_ITEMS", "account.interests",
                 [](Request& r) { Fill(r.mutable_account()->mutable_interests(), 65); }),
      BadAccount("ThirtyThreeSubjects", "TOO_MANY_ITEMS", "account.subjects",
                 [](Request& r) { Fill(r.mutable_account()->mutable_subjects(), 33); }),
      BadAccount("ARegionOfSevenBytes", "FIELD_TOO_LONG", "account.region",
                 [](Request& r) { r.mutable_account()->set_region("GB-SHEF"); }),
      BadAccount("ACapacityOf101", "FIELD_OUT_OF_RANGE", "account.mentor_offer.weekly_capacity",
                 [](Request& r) { r.mutable_account()->mutable_mentor_offer()->set_weekly_capacity(101); }),
      BadAccount("ANegativeAudience", "FIELD_OUT_OF_RANGE", "account.channels[0].audience",
                 [](Request& r) {
                   r.mutable_account()->add_channels()->set_kind(v1::Account::Channel::BLOG);
                   r.mutable_account()->mutable_channels(0)->set_audience(-1);
                 }),
      BadAccount("AChannelWithoutAKind", "FIELD_REQUIRED", "account.channels[0].kind",
                 [](Request& r) { r.mutable_account()->add_channels(); }),
      BadAccount("ATimeBefore2000", "FIELD_OUT_OF_RANGE", "account.create_time",
                 [&](Request& r) { at(r, absl::FromUnixSeconds(946'684'799)); }),
      BadAccount("ATimeBeyondTomorrow", "FIELD_OUT_OF_RANGE", "account.create_time",
                 [&](Request& r) { at(r, absl::Now() + absl::Hours(25)); }),
      BadAccount("TwoSecondsOfNanoseconds", "FIELD_OUT_OF_RANGE", "account.create_time",
                 [&](Request& r) {
                   at(r, absl::FromUnixSeconds(1'700'000'000));
                   r.mutable_account()->mutable_create_time()->set_nanos(2'000'000'000);
                 }),
      BadAccount("AMaskOfAnUnknownField", "FIELD_OUT_OF_RANGE", "update_mask",
                 [](Request& r) {
                   r.mutable_account()->set_id("ada");
                   r.mutable_update_mask()->add_paths("no_such_field");
                 }),
      BadAccount("AMaskOfAnOutputOnlyField", "FIELD_OUT_OF_RANGE", "update_mask",
                 [](Request& r) {
                   r.mutable_account()->set_id("ada");
                   r.mutable_update_mask()->add_paths("follower_count");
                 }),
      BadAccount("ALongRequestId", "FIELD_TOO_LONG", "request_id",
                 [](Request& r) { r.set_request_id(std::string(129, 'r')); }),
  };
}

}  // namespace staffroom
