// Every limit of accounts, posts and resources, by the path of the field that breaks it.
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/converters/account_converter.h"
#include "service/converters/post_converter.h"
#include "service/converters/resource_converter.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/catalog_posts.pb.h"
#include "staffroom/v1/catalog_resources.pb.h"
#include "tests/converters/messages.h"

namespace staffroom {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

std::string Letters(size_t count) { return std::string(count, 'x'); }

template <typename Request>
struct Spoiled {
  std::function<void(Request&)> spoil;
  absl::string_view reason;
  std::string field;
};

// `request` is good; each spoiled copy of it is refused for the one field.
template <typename Request>
void ExpectEachRefused(const Request& request, const std::vector<Spoiled<Request>>& cases) {
  ASSERT_TRUE(ToMutation(request, kNow).ok()) << ToMutation(request, kNow).status();
  for (const Spoiled<Request>& one : cases) {
    Request spoiled = request;
    one.spoil(spoiled);
    EXPECT_EQ(RefusalOf(ToMutation(spoiled, kNow).status()), Refused(one.reason, one.field));
  }
}

template <typename Add>
void Times(int count, Add add) {
  for (int i = 0; i < count; ++i) add();
}

using AccountRequest = v1::UpsertAccountRequest;

AccountRequest GoodAccount() { return Parse<AccountRequest>(R"pb(account { id: "ada" kind: TEACHER })pb"); }

TEST(AccountLimits, AreKeptByTheFieldsOfAnAccount) {
  ExpectEachRefused<AccountRequest>(
      GoodAccount(),
      {
          {[](auto& r) { r.clear_account(); }, reason::kFieldRequired, "account"},
          {[](auto& r) { r.mutable_account()->clear_id(); }, reason::kFieldRequired, "account.id"},
          {[](auto& r) { r.mutable_account()->set_id(Letters(129)); }, reason::kFieldTooLong, "account.id"},
          {[](auto& r) { r.mutable_account()->set_id("a\nb"); }, reason::kFieldOutOfRange, "account.id"},
          {[](auto& r) { r.mutable_account()->set_id("a\x7f"); }, reason::kFieldOutOfRange, "account.id"},
          {[](auto& r) { r.mutable_account()->set_id("\xc2\x85"); }, reason::kFieldOutOfRange, "account.id"},
          {[](auto& r) { r.mutable_account()->clear_kind(); }, reason::kFieldRequired, "account.kind"},
          {[](auto& r) { r.mutable_account()->set_kind(v1::Account::Kind(4)); }, reason::kEnumUnknown, "account.kind"},
          {[](auto& r) { r.mutable_account()->set_display_name(Letters(257)); }, reason::kFieldTooLong,
           "account.display_name"},
          {[](auto& r) { r.mutable_account()->set_bio(Letters(4097)); }, reason::kFieldTooLong, "account.bio"},
          {[](auto& r) { Times(65, [&] { r.mutable_account()->add_interests("x"); }); }, reason::kTooManyItems,
           "account.interests"},
          {[](auto& r) {
             Times(3, [&] { r.mutable_account()->add_interests("x"); });
             r.mutable_account()->add_interests(Letters(129));
           },
           reason::kFieldTooLong, "account.interests[3]"},
          {[](auto& r) { r.mutable_account()->add_interests(""); }, reason::kFieldRequired, "account.interests[0]"},
          {[](auto& r) { Times(33, [&] { r.mutable_account()->add_subjects("x"); }); }, reason::kTooManyItems,
           "account.subjects"},
          {[](auto& r) { r.mutable_account()->add_subjects(Letters(65)); }, reason::kFieldTooLong,
           "account.subjects[0]"},
          {[](auto& r) { Times(8, [&] { r.mutable_account()->add_grade_bands(v1::GradeBand::PRIMARY); }); },
           reason::kTooManyItems, "account.grade_bands"},
          {[](auto& r) { r.mutable_account()->add_grade_bands(v1::GradeBand::Value(8)); }, reason::kEnumUnknown,
           "account.grade_bands[0]"},
          {[](auto& r) { r.mutable_account()->add_grade_bands(v1::GradeBand::GRADE_BAND_UNSPECIFIED); },
           reason::kEnumUnknown, "account.grade_bands[0]"},
          {[](auto& r) { Times(17, [&] { r.mutable_account()->add_languages("en"); }); }, reason::kTooManyItems,
           "account.languages"},
          {[](auto& r) { r.mutable_account()->add_languages(Letters(36)); }, reason::kFieldTooLong,
           "account.languages[0]"},
          {[](auto& r) { r.mutable_account()->add_languages("en_GB"); }, reason::kFieldOutOfRange,
           "account.languages[0]"},
          {[](auto& r) { r.mutable_account()->set_region("GB-"); }, reason::kFieldOutOfRange, "account.region"},
          {[](auto& r) { r.mutable_account()->set_region(Letters(7)); }, reason::kFieldTooLong, "account.region"},
          {[](auto& r) { Times(65, [&] { r.mutable_account()->add_tags("x"); }); }, reason::kTooManyItems,
           "account.tags"},
          {[](auto& r) { r.mutable_account()->add_tags(Letters(65)); }, reason::kFieldTooLong, "account.tags[0]"},
          {[](auto& r) { r.mutable_account()->set_exposure(v1::Account::Exposure(5)); }, reason::kEnumUnknown,
           "account.exposure"},
          {[](auto& r) { r.mutable_account()->set_follows_visibility(v1::Account::FollowsVisibility(3)); },
           reason::kEnumUnknown, "account.follows_visibility"},
          {[](auto& r) { r.mutable_account()->set_profiling(v1::Account::Profiling(3)); }, reason::kEnumUnknown,
           "account.profiling"},
          {[](auto& r) { r.mutable_account()->set_state(v1::ModerationState::Value(4)); }, reason::kEnumUnknown,
           "account.state"},
          {[](auto& r) { r.set_request_id(Letters(129)); }, reason::kFieldTooLong, "request_id"},
      });
}

TEST(AccountLimits, AreKeptByChannelsAndMentorOffers) {
  AccountRequest request = GoodAccount();
  request.mutable_account()->add_channels()->set_kind(v1::Account::Channel::BLOG);
  request.mutable_account()->mutable_mentor_offer()->set_weekly_capacity(100);
  const auto channel = [](AccountRequest& r) { return r.mutable_account()->mutable_channels(0); };
  const auto offer = [](AccountRequest& r) { return r.mutable_account()->mutable_mentor_offer(); };
  ExpectEachRefused<AccountRequest>(
      request,
      {
          {[](auto& r) {
             Times(16, [&] { r.mutable_account()->add_channels()->set_kind(v1::Account::Channel::BLOG); });
           },
           reason::kTooManyItems, "account.channels"},
          {[&](auto& r) { channel(r)->clear_kind(); }, reason::kFieldRequired, "account.channels[0].kind"},
          {[&](auto& r) { channel(r)->set_url(Letters(2049)); }, reason::kFieldTooLong, "account.channels[0].url"},
          {[&](auto& r) { channel(r)->set_audience(-1); }, reason::kFieldOutOfRange, "account.channels[0].audience"},
          {[&](auto& r) { Times(33, [&] { offer(r)->add_topics("x"); }); }, reason::kTooManyItems,
           "account.mentor_offer.topics"},
          {[&](auto& r) { offer(r)->add_topics(Letters(65)); }, reason::kFieldTooLong,
           "account.mentor_offer.topics[0]"},
          {[&](auto& r) { offer(r)->add_grade_bands(v1::GradeBand::Value(99)); }, reason::kEnumUnknown,
           "account.mentor_offer.grade_bands[0]"},
          {[&](auto& r) { offer(r)->set_weekly_capacity(101); }, reason::kFieldOutOfRange,
           "account.mentor_offer.weekly_capacity"},
          {[&](auto& r) { offer(r)->set_weekly_capacity(-1); }, reason::kFieldOutOfRange,
           "account.mentor_offer.weekly_capacity"},
          {[&](auto& r) { offer(r)->set_note(Letters(1025)); }, reason::kFieldTooLong, "account.mentor_offer.note"},
      });
}

TEST(AccountLimits, AreReachedWithoutRefusal) {
  AccountRequest request = GoodAccount();
  v1::Account& account = *request.mutable_account();
  account.set_id(Letters(128));
  account.set_display_name(Letters(256));
  account.set_bio(Letters(4096));
  Times(64, [&] { account.add_interests(Letters(128)); });
  Times(32, [&] { account.add_subjects(Letters(64)); });
  Times(16, [&] { account.add_languages("zh-Hant-TW"); });
  account.set_region("GB-SCT");
  account.mutable_mentor_offer()->set_note(Letters(1024));
  request.set_request_id(Letters(128));
  EXPECT_TRUE(ToMutation(request, kNow).ok()) << ToMutation(request, kNow).status();
}

TEST(AccountLimits, NameAllWrongFieldsAtOnceTheFirstOneGivingTheReason) {
  AccountRequest request = GoodAccount();
  request.mutable_account()->set_id("");
  request.mutable_account()->set_bio(Letters(4097));
  request.mutable_account()->add_tags("");
  const Refusal expected{std::string(reason::kFieldRequired), {"account.id", "account.bio", "account.tags[0]"}};
  EXPECT_EQ(RefusalOf(ToMutation(request, kNow).status()), expected);
}

TEST(PostLimits, AreKeptByEveryField) {
  using Request = v1::UpsertPostRequest;
  ExpectEachRefused<Request>(
      Parse<Request>(R"pb(post { id: "p" author_id: "ada" })pb"),
      {
          {[](auto& r) { r.clear_post(); }, reason::kFieldRequired, "post"},
          {[](auto& r) { r.mutable_post()->clear_id(); }, reason::kFieldRequired, "post.id"},
          {[](auto& r) { r.mutable_post()->clear_author_id(); }, reason::kFieldRequired, "post.author_id"},
          {[](auto& r) { r.mutable_post()->set_author_id("\t"); }, reason::kFieldOutOfRange, "post.author_id"},
          {[](auto& r) { r.mutable_post()->set_text(Letters(16385)); }, reason::kFieldTooLong, "post.text"},
          {[](auto& r) { Times(65, [&] { r.mutable_post()->add_tags("x"); }); }, reason::kTooManyItems, "post.tags"},
          {[](auto& r) { Times(33, [&] { r.mutable_post()->add_resource_ids("x"); }); }, reason::kTooManyItems,
           "post.resource_ids"},
          {[](auto& r) { r.mutable_post()->add_resource_ids(""); }, reason::kFieldRequired, "post.resource_ids[0]"},
          {[](auto& r) { r.mutable_post()->set_language("deutsch, bitte"); }, reason::kFieldOutOfRange,
           "post.language"},
          {[](auto& r) { r.mutable_post()->set_audience(v1::Post::Audience(4)); }, reason::kEnumUnknown,
           "post.audience"},
          {[](auto& r) { r.mutable_post()->set_in_reply_to(Letters(129)); }, reason::kFieldTooLong, "post.in_reply_to"},
          {[](auto& r) { r.mutable_post()->set_conversation_id(Letters(129)); }, reason::kFieldTooLong,
           "post.conversation_id"},
          {[](auto& r) { r.mutable_post()->set_state(v1::ModerationState::Value(9)); }, reason::kEnumUnknown,
           "post.state"},
          {[](auto& r) { r.mutable_post()->mutable_create_time()->set_seconds(1); }, reason::kFieldOutOfRange,
           "post.create_time"},
      });
}

TEST(ResourceLimits, AreKeptByEveryField) {
  using Request = v1::UpsertResourceRequest;
  ExpectEachRefused<Request>(
      Parse<Request>(R"pb(resource { id: "r" kind: BOOK })pb"),
      {
          {[](auto& r) { r.clear_resource(); }, reason::kFieldRequired, "resource"},
          {[](auto& r) { r.mutable_resource()->set_id(Letters(129)); }, reason::kFieldTooLong, "resource.id"},
          {[](auto& r) { r.mutable_resource()->clear_kind(); }, reason::kFieldRequired, "resource.kind"},
          {[](auto& r) { r.mutable_resource()->set_kind(v1::Resource::Kind(10)); }, reason::kEnumUnknown,
           "resource.kind"},
          {[](auto& r) { r.mutable_resource()->set_title(Letters(513)); }, reason::kFieldTooLong, "resource.title"},
          {[](auto& r) { r.mutable_resource()->set_summary(Letters(16385)); }, reason::kFieldTooLong,
           "resource.summary"},
          {[](auto& r) { r.mutable_resource()->set_url(Letters(2049)); }, reason::kFieldTooLong, "resource.url"},
          {[](auto& r) { r.mutable_resource()->set_author_id(Letters(129)); }, reason::kFieldTooLong,
           "resource.author_id"},
          {[](auto& r) { r.mutable_resource()->set_publisher_id("\x01"); }, reason::kFieldOutOfRange,
           "resource.publisher_id"},
          {[](auto& r) { Times(33, [&] { r.mutable_resource()->add_subjects("x"); }); }, reason::kTooManyItems,
           "resource.subjects"},
          {[](auto& r) { r.mutable_resource()->add_grade_bands(v1::GradeBand::Value(8)); }, reason::kEnumUnknown,
           "resource.grade_bands[0]"},
          {[](auto& r) { r.mutable_resource()->add_languages("-"); }, reason::kFieldOutOfRange,
           "resource.languages[0]"},
          {[](auto& r) { r.mutable_resource()->add_tags(Letters(65)); }, reason::kFieldTooLong, "resource.tags[0]"},
          {[](auto& r) { r.mutable_resource()->set_minutes(-1); }, reason::kFieldOutOfRange, "resource.minutes"},
          {[](auto& r) { r.mutable_resource()->set_minutes(100001); }, reason::kFieldOutOfRange, "resource.minutes"},
          {[](auto& r) { r.mutable_resource()->set_state(v1::ModerationState::Value(4)); }, reason::kEnumUnknown,
           "resource.state"},
          {[](auto& r) { r.mutable_resource()->mutable_publish_time()->set_nanos(-1); }, reason::kFieldOutOfRange,
           "resource.publish_time"},
      });
}

TEST(DeleteLimits, AreKeptByTheIdAndTheRequestId) {
  EXPECT_EQ(RefusalOf(ToMutation(v1::DeleteAccountRequest()).status()), Refused(reason::kFieldRequired, "id"));
  EXPECT_EQ(RefusalOf(ToMutation(Parse<v1::DeletePostRequest>(R"pb(id: "\001")pb")).status()),
            Refused(reason::kFieldOutOfRange, "id"));
  v1::DeleteResourceRequest request;
  request.set_id("r");
  request.set_request_id(Letters(129));
  EXPECT_EQ(RefusalOf(ToMutation(request).status()), Refused(reason::kFieldTooLong, "request_id"));
}

}  // namespace
}  // namespace staffroom
