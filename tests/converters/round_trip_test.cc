// What a caller wrote is what a caller reads, through the record and back.
#include <string>

#include "absl/time/time.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "service/converters/account_converter.h"
#include "service/converters/post_converter.h"
#include "service/converters/resource_converter.h"
#include "staffroom/v1/account.pb.h"
#include "staffroom/v1/post.pb.h"
#include "staffroom/v1/resource.pb.h"
#include "storage/records.pb.h"
#include "tests/converters/messages.h"

namespace staffroom {
namespace {

using google::protobuf::util::MessageDifferencer;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

// Every field that a caller can set is set here: a field that a converter forgets is missed.
constexpr char kFullAccount[] = R"pb(
  id: "ada"
  kind: NETWORK
  display_name: "Ada"
  bio: "I teach."
  interests: "fractions"
  interests: "chess"
  subjects: "mathematics"
  grade_bands: PRIMARY
  grade_bands: ADULT
  languages: "en-GB"
  region: "GB-SCT"
  tags: "ks3"
  channels { kind: PODCAST url: "https://example.org" audience: 140 }
  exposure: MY_ORGANIZATIONS
  follows_visibility: HIDDEN
  profiling: OFF
  mentor_offer { topics: "bar models" grade_bands: HIGHER weekly_capacity: 2 note: "Do ask." }
  verified: true
  state: UNDER_REVIEW
  create_time { seconds: 1600000000 nanos: 5000 })pb";

TEST(Account, ReadsAsItWasWritten) {
  v1::UpsertAccountRequest request;
  *request.mutable_account() = Parse<v1::Account>(kFullAccount);
  const auto mutation = ToMutation(request, kNow);
  ASSERT_TRUE(mutation.ok()) << mutation.status();
  EXPECT_TRUE(mutation->upsert_account().has_verified());
  const v1::Account read = ToMessage(mutation->upsert_account().record(), storage::NOBODY);
  EXPECT_TRUE(MessageDifferencer::Equals(read, request.account())) << read.DebugString();
}

TEST(Account, ReadsAsWhatItMeansWhereNothingWasSaid) {
  storage::AccountRecord record;
  record.set_id("ada");
  const v1::Account hidden = ToMessage(record, storage::MY_ORGANIZATIONS);
  EXPECT_EQ(hidden.exposure(), v1::Account::MY_ORGANIZATIONS);
  EXPECT_EQ(hidden.follows_visibility(), v1::Account::VISIBLE);
  EXPECT_EQ(hidden.profiling(), v1::Account::ON);
  EXPECT_EQ(hidden.state(), v1::ModerationState::ACTIVE);
  EXPECT_TRUE(hidden.has_verified());
  EXPECT_FALSE(hidden.has_create_time());
}

TEST(Account, SaysOfVerifiedOnlyWhatWasSet) {
  const auto request = Parse<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: TEACHER })pb");
  EXPECT_FALSE(ToMutation(request, kNow)->upsert_account().has_verified());
}

TEST(Account, KeepsAGradeBandOnce) {
  const auto request = Parse<v1::UpsertAccountRequest>(R"pb(account {
                                                              id: "ada"
                                                              kind: TEACHER
                                                              grade_bands: [ PRIMARY, ADULT, PRIMARY ]
                                                            })pb");
  const auto mutation = ToMutation(request, kNow);
  ASSERT_TRUE(mutation.ok()) << mutation.status();
  EXPECT_EQ(mutation->upsert_account().record().grade_bands_size(), 2);
}

TEST(Account, IgnoresOutputOnlyFieldsThatCameBackFromAGet) {
  const auto request = Parse<v1::UpsertAccountRequest>(R"pb(
    account {
      id: "ada"
      kind: TEACHER
      follower_count: 7
      following_count: 8
      update_time { seconds: 1 }
    })pb");
  const auto mutation = ToMutation(request, kNow);
  ASSERT_TRUE(mutation.ok()) << mutation.status();
  EXPECT_EQ(mutation->upsert_account().record().update_time(), 0);
}

TEST(Post, ReadsAsItWasWritten) {
  v1::UpsertPostRequest request;
  *request.mutable_post() = Parse<v1::Post>(R"pb(
    id: "p"
    author_id: "ada"
    text: "1/3 + 1/4"
    tags: "fractions"
    resource_ids: [ "r1", "r2" ]
    language: "en"
    audience: FOLLOWERS
    in_reply_to: "q"
    conversation_id: "c"
    state: SUSPENDED
    create_time { seconds: 1600000000 })pb");
  const auto mutation = ToMutation(request, kNow);
  ASSERT_TRUE(mutation.ok()) << mutation.status();
  const storage::Mutation::UpsertPost& body = mutation->upsert_post();
  const PostNames names{
      body.author_id(), {body.resource_ids().begin(), body.resource_ids().end()}, body.in_reply_to_id()};
  const v1::Post read = ToMessage(body.record(), names);
  EXPECT_TRUE(MessageDifferencer::Equals(read, request.post())) << read.DebugString();
}

TEST(Post, LeavesOutResourcesThatAreGone) {
  storage::PostRecord record;
  record.set_id("p");
  const v1::Post read = ToMessage(record, {"ada", {"r1", "", "r3"}, ""});
  EXPECT_EQ(read.resource_ids_size(), 2);
  EXPECT_EQ(read.audience(), v1::Post::PUBLIC);
}

TEST(Resource, ReadsAsItWasWritten) {
  v1::UpsertResourceRequest request;
  *request.mutable_resource() = Parse<v1::Resource>(R"pb(
    id: "r"
    kind: EVENT
    title: "Falling things"
    summary: "A feather."
    url: "https://example.org"
    author_id: "ada"
    publisher_id: "press"
    subjects: "physics"
    grade_bands: UPPER_SECONDARY
    languages: "en"
    tags: "demonstrations"
    minutes: 6
    state: ACTIVE
    publish_time { seconds: 1600000000 })pb");
  const auto mutation = ToMutation(request, kNow);
  ASSERT_TRUE(mutation.ok()) << mutation.status();
  const storage::Mutation::UpsertResource& body = mutation->upsert_resource();
  const v1::Resource read = ToMessage(body.record(), {body.author_id(), body.publisher_id()});
  EXPECT_TRUE(MessageDifferencer::Equals(read, request.resource())) << read.DebugString();
}

TEST(FullAccount, LeavesNoFieldThatACallerCanSetUnset) {
  const v1::Account account = Parse<v1::Account>(kFullAccount);
  for (const MaskField& field : AccountMaskFields()) {
    if (field.record_field.empty()) continue;
    const auto* const descriptor = v1::Account::descriptor()->FindFieldByName(std::string(field.path));
    const bool is_set = descriptor->is_repeated() ? account.GetReflection()->FieldSize(account, descriptor) > 0
                                                  : account.GetReflection()->HasField(account, descriptor);
    EXPECT_TRUE(is_set) << "the round trip above says nothing about " << field.path;
  }
}

}  // namespace
}  // namespace staffroom
