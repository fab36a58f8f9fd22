// What an upsert leaves behind: replacing, masks, stubs, request ids, vectors.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "staffroom/v1/account.pb.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/catalog_posts.pb.h"
#include "staffroom/v1/catalog_resources.pb.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "tests/converters/messages.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

v1::Account AccountOf(ServiceUnderTest& service, const std::string& id) {
  v1::GetAccountRequest request;
  request.set_id(id);
  return service.Must(request).account();
}

// The text fields of an account that have a vector on disk.
std::vector<storage::TextField> VectorsOf(ServiceUnderTest& service, storage::ItemKind kind, const std::string& id) {
  const auto snapshot = service.memory.TakeSnapshot();
  const auto ordinal = storage::FindOrdinal(*snapshot, kind, id);
  if (!ordinal.ok() || !ordinal->has_value()) return {};
  const auto vectors = storage::VectorsOf(*snapshot, {kind, **ordinal});
  std::vector<storage::TextField> fields;
  for (const storage::VectorRecord& vector : vectors.value()) {
    EXPECT_EQ(vector.model_id(), std::string(service.encoder().model_id()));
    EXPECT_EQ(vector.values().size(), 256u * 4);
    fields.push_back(vector.field());
  }
  return fields;
}

TEST(UpsertAccount, CreatesReplacesAndAnswersWhen) {
  ServiceUnderTest service;
  const auto first = service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: TEACHER bio: "old" })pb");
  EXPECT_EQ(first.outcome(), v1::Outcome::APPLIED);
  service.clock.Advance(absl::Seconds(10));
  const auto second = service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: NETWORK })pb");
  EXPECT_NE(second.revision(), first.revision());
  const auto read = service.Must<v1::GetAccountRequest>(R"pb(id: "ada")pb");
  EXPECT_EQ(read.revision(), second.revision());
  EXPECT_EQ(read.account().kind(), v1::Account::NETWORK);
  EXPECT_EQ(read.account().bio(), "");
  EXPECT_EQ(read.account().update_time().seconds() - read.account().create_time().seconds(), 10);
}

TEST(UpsertAccount, WithoutAMaskKeepsWhatProtectsThePersonUnlessItIsSet) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>(R"pb(
    account {
      id: "ada"
      kind: TEACHER
      exposure: NOBODY
      follows_visibility: HIDDEN
      profiling: OFF
      verified: true
      state: UNDER_REVIEW
    })pb");
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: TEACHER bio: "nightly sync" })pb");
  v1::Account account = AccountOf(service, "ada");
  EXPECT_EQ(account.exposure(), v1::Account::NOBODY);
  EXPECT_EQ(account.follows_visibility(), v1::Account::HIDDEN);
  EXPECT_EQ(account.profiling(), v1::Account::OFF);
  EXPECT_TRUE(account.verified());
  EXPECT_EQ(account.state(), v1::ModerationState::UNDER_REVIEW);
  service.Must<v1::UpsertAccountRequest>(
      R"pb(account { id: "ada" kind: TEACHER exposure: EVERYBODY verified: false })pb");
  account = AccountOf(service, "ada");
  EXPECT_EQ(account.exposure(), v1::Account::EVERYBODY);
  EXPECT_FALSE(account.verified());
  EXPECT_EQ(account.follows_visibility(), v1::Account::HIDDEN);
}

TEST(UpsertAccount, WithAMaskChangesOnlyWhatItNames) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>(R"pb(
    account {
      id: "ada"
      kind: TEACHER
      bio: "old"
      tags: [ "a", "b" ]
      region: "GB"
    })pb");
  service.Must<v1::UpsertAccountRequest>(R"pb(
    account { id: "ada" bio: "ignored" tags: "c" }
    update_mask { paths: [ "tags", "region" ] })pb");
  const v1::Account account = AccountOf(service, "ada");
  EXPECT_EQ(account.bio(), "old");
  EXPECT_THAT(account.tags(), ElementsAre("c"));
  EXPECT_EQ(account.region(), "");
}

TEST(UpsertAccount, WithAMaskOfOneThatIsNotThereIsNotFoundAndChangesNothing) {
  ServiceUnderTest service;
  const uint64_t before = service.Digest();
  const auto answer = service.Call<v1::UpsertAccountRequest>(R"pb(account { id: "ada" }
                                                                  update_mask { paths: "bio" })pb");
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(ErrorReason(answer.status()), reason::kAccountNotFound);
  EXPECT_EQ(service.Digest(), before);
}

TEST(UpsertPost, NamesItsAuthorItsResourcesAndWhatItAnswersByTheirIds) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: TEACHER })pb");
  service.Must<v1::UpsertPostRequest>(R"pb(post { id: "q" author_id: "ada" })pb");
  service.Must<v1::UpsertResourceRequest>(
      R"pb(resource { id: "r" kind: BOOK author_id: "ada" publisher_id: "ada" })pb");
  service.Must<v1::UpsertPostRequest>(R"pb(post { id: "p" author_id: "ada" resource_ids: "r" in_reply_to: "q" })pb");
  const v1::Post post = service.Must<v1::GetPostRequest>(R"pb(id: "p")pb").post();
  EXPECT_EQ(post.author_id(), "ada");
  EXPECT_THAT(post.resource_ids(), ElementsAre("r"));
  EXPECT_EQ(post.in_reply_to(), "q");
  const v1::Resource resource = service.Must<v1::GetResourceRequest>(R"pb(id: "r")pb").resource();
  EXPECT_EQ(resource.author_id(), "ada");
  EXPECT_EQ(resource.publisher_id(), "ada");
}

TEST(UpsertPost, IsRefusedWhereItNamesWhatIsUnknown) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: TEACHER })pb");
  const uint64_t before = service.Digest();
  EXPECT_EQ(ErrorReason(service.Call<v1::UpsertPostRequest>(R"pb(post { id: "p" author_id: "x" })pb").status()),
            reason::kAccountNotFound);
  EXPECT_EQ(
      ErrorReason(
          service.Call<v1::UpsertPostRequest>(R"pb(post { id: "p" author_id: "ada" resource_ids: "x" })pb").status()),
      reason::kResourceNotFound);
  EXPECT_EQ(
      ErrorReason(
          service.Call<v1::UpsertPostRequest>(R"pb(post { id: "p" author_id: "ada" in_reply_to: "x" })pb").status()),
      reason::kPostNotFound);
  EXPECT_EQ(service.Digest(), before);
}

TEST(Stub, IsNotFoundUntilItArrivesAndThenKeepsWhatPointedAtIt) {
  ServiceUnderTest service;
  service.Must<v1::UpsertPostRequest>(R"pb(post { id: "p" author_id: "ada" text: "hello" }
                                           create_stubs: true)pb");
  EXPECT_THAT(service.Call<v1::GetAccountRequest>(R"pb(id: "ada")pb"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(service.Must<v1::GetPostRequest>(R"pb(id: "p")pb").post().author_id(), "ada");
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: TEACHER })pb");
  EXPECT_EQ(AccountOf(service, "ada").kind(), v1::Account::TEACHER);
  EXPECT_EQ(service.Must<v1::GetPostRequest>(R"pb(id: "p")pb").post().author_id(), "ada");
}

TEST(RequestId, MakesARepeatADuplicateOfTheFirst) {
  ServiceUnderTest service;
  const std::string request = R"pb(account { id: "ada" kind: TEACHER bio: "x" }
                                   request_id: "once")pb";
  const auto first = service.Must<v1::UpsertAccountRequest>(request);
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: TEACHER bio: "y" })pb");
  const auto repeat = service.Must<v1::UpsertAccountRequest>(request);
  EXPECT_EQ(repeat.outcome(), v1::Outcome::DUPLICATE);
  EXPECT_EQ(repeat.revision(), first.revision());
  EXPECT_EQ(AccountOf(service, "ada").bio(), "y") << "the repeat was applied";
}

TEST(RequestId, WithAnotherPayloadIsRefused) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: TEACHER }
                                              request_id: "once")pb");
  const uint64_t before = service.Digest();
  const auto reused = service.Call<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: NETWORK }
                                                                  request_id: "once")pb");
  EXPECT_EQ(RefusalOf(reused.status()), Refused(reason::kRequestIdReused, "request_id"));
  EXPECT_EQ(service.Digest(), before);
}

TEST(RequestId, OfOneRpcDoesNotMeetThatOfAnother) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: TEACHER }
                                              request_id: "once")pb");
  const auto post = service.Must<v1::UpsertPostRequest>(R"pb(post { id: "p" author_id: "ada" }
                                                             request_id: "once")pb");
  EXPECT_EQ(post.outcome(), v1::Outcome::APPLIED);
}

TEST(RequestId, IsForgottenAfterADay) {
  ServiceUnderTest service;
  const std::string request = R"pb(account { id: "ada" kind: TEACHER }
                                   request_id: "once")pb";
  service.Must<v1::UpsertAccountRequest>(request);
  service.clock.Advance(absl::Hours(24) + absl::Seconds(1));
  EXPECT_EQ(service.Must<v1::UpsertAccountRequest>(request).outcome(), v1::Outcome::APPLIED);
}

constexpr char kTalkative[] = R"pb(
  account {
    id: "ada"
    kind: TEACHER
    bio: "I teach."
    interests: "chess"
    subjects: "maths"
    tags: "ks3"
    mentor_offer { topics: "first year" }
  })pb";

TEST(Vectors, AreMadeOfEachTextThatHoldsAWord) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>(kTalkative);
  EXPECT_THAT(
      VectorsOf(service, storage::ITEM_ACCOUNT, "ada"),
      UnorderedElementsAre(storage::BIO, storage::INTERESTS, storage::SUBJECTS, storage::TAGS, storage::MENTOR_TOPICS));
  service.Must<v1::UpsertPostRequest>(R"pb(post { id: "p" author_id: "ada" text: "...!" tags: "fractions" })pb");
  EXPECT_THAT(VectorsOf(service, storage::ITEM_POST, "p"), UnorderedElementsAre(storage::TAGS));
  service.Must<v1::UpsertResourceRequest>(
      R"pb(resource { id: "r" kind: BOOK title: "Falling things" summary: "A feather." subjects: "physics" })pb");
  EXPECT_THAT(VectorsOf(service, storage::ITEM_RESOURCE, "r"),
              UnorderedElementsAre(storage::TITLE, storage::SUMMARY, storage::SUBJECTS));
}

TEST(Vectors, FollowAMaskTextByText) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>(kTalkative);
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" }
                                              update_mask { paths: [ "bio", "mentor_offer" ] })pb");
  EXPECT_THAT(VectorsOf(service, storage::ITEM_ACCOUNT, "ada"),
              UnorderedElementsAre(storage::INTERESTS, storage::SUBJECTS, storage::TAGS));
}

TEST(Profiling, TurnedOffLeavesNoVectorAndTurnedOnBringsThemAllBack) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>(kTalkative);
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" profiling: OFF }
                                              update_mask { paths: "profiling" })pb");
  EXPECT_THAT(VectorsOf(service, storage::ITEM_ACCOUNT, "ada"), IsEmpty());
  // A text that is written while it is off gets none either.
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" bio: "New." }
                                              update_mask { paths: "bio" })pb");
  EXPECT_THAT(VectorsOf(service, storage::ITEM_ACCOUNT, "ada"), IsEmpty());
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" profiling: ON }
                                              update_mask { paths: [ "profiling", "tags" ] })pb");
  EXPECT_THAT(VectorsOf(service, storage::ITEM_ACCOUNT, "ada"),
              UnorderedElementsAre(storage::BIO, storage::INTERESTS, storage::SUBJECTS, storage::MENTOR_TOPICS));
}

TEST(Profiling, SaidOffInAReplacingUpsertLeavesNoVector) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>(R"pb(account { id: "ada" kind: TEACHER bio: "I teach." profiling: OFF })pb");
  EXPECT_THAT(VectorsOf(service, storage::ITEM_ACCOUNT, "ada"), IsEmpty());
}

}  // namespace
}  // namespace staffroom
