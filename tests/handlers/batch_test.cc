// Batches: in order, not atomic, a status an item.
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/catalog_posts.pb.h"
#include "staffroom/v1/catalog_resources.pb.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "tests/converters/messages.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

// The reason in a google.rpc.Status, or "".
std::string ReasonOf(const google::rpc::Status& status) {
  google::rpc::ErrorInfo info;
  for (const auto& detail : status.details()) {
    if (detail.UnpackTo(&info)) return info.reason();
  }
  return "";
}

TEST(Batch, AppliesTheGoodItemsInOrderAndKeepsThePlaceOfTheBad) {
  ServiceUnderTest service;
  const auto answer = service.Must<v1::BatchUpsertAccountsRequest>(R"pb(
    requests { account { id: "ada" kind: TEACHER bio: "first" } }
    requests { account { id: "" kind: TEACHER } }
    requests { account { id: "ada" kind: TEACHER bio: "second" } }
    requests {
      account { id: "bo" }
      update_mask { paths: "bio" }
    })pb");
  ASSERT_EQ(answer.results_size(), 4);
  EXPECT_EQ(answer.results(0).status().code(), 0);
  EXPECT_EQ(answer.results(0).outcome(), v1::Outcome::APPLIED);
  EXPECT_EQ(answer.results(1).status().code(), 3);
  EXPECT_EQ(ReasonOf(answer.results(1).status()), reason::kFieldRequired);
  EXPECT_EQ(answer.results(1).outcome(), v1::Outcome::OUTCOME_UNSPECIFIED);
  EXPECT_EQ(answer.results(2).outcome(), v1::Outcome::APPLIED);
  EXPECT_EQ(answer.results(3).status().code(), 5);
  EXPECT_EQ(ReasonOf(answer.results(3).status()), reason::kAccountNotFound);
  const auto ada = service.Must<v1::GetAccountRequest>("id: 'ada'");
  EXPECT_EQ(ada.account().bio(), "second");
  EXPECT_EQ(ada.revision(), answer.revision());
}

TEST(Batch, NamesTheFieldsOfAnItemAsTheSingleRpcDoes) {
  ServiceUnderTest service;
  const auto answer =
      service.Must<v1::BatchUpsertAccountsRequest>("requests { account { id: 'ada' kind: TEACHER tags: '' } }");
  google::rpc::BadRequest bad_request;
  for (const auto& detail : answer.results(0).status().details()) detail.UnpackTo(&bad_request);
  ASSERT_EQ(bad_request.field_violations_size(), 1);
  EXPECT_EQ(bad_request.field_violations(0).field(), "account.tags[0]");
}

TEST(Batch, IsOkEvenWhenEverythingFailed) {
  ServiceUnderTest service;
  const uint64_t before = service.Digest();
  const auto answer = service.Must<v1::BatchUpsertPostsRequest>(
      "requests { post { id: 'p' author_id: 'x' } } requests { post {} } requests {}");
  EXPECT_EQ(answer.results_size(), 3);
  for (const auto& result : answer.results()) EXPECT_NE(result.status().code(), 0);
  EXPECT_EQ(service.Digest(), before);
}

TEST(Batch, OfNothingAnswersTheRevisionThatReadersHave) {
  ServiceUnderTest service;
  const auto written = service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER }");
  const auto answer = service.Must<v1::BatchUpsertResourcesRequest>("");
  EXPECT_EQ(answer.results_size(), 0);
  EXPECT_EQ(answer.revision(), written.revision());
}

TEST(Batch, HasAtMostAThousandItems) {
  ServiceUnderTest service;
  v1::BatchUpsertAccountsRequest request;
  for (int i = 0; i < 1000; ++i) {
    request.add_requests()->mutable_account()->set_id(absl::StrCat("a", i));
    request.mutable_requests(i)->mutable_account()->set_kind(v1::Account::TEACHER);
  }
  EXPECT_EQ(service.Must(request).results(999).outcome(), v1::Outcome::APPLIED);
  request.add_requests();
  const uint64_t before = service.Digest();
  EXPECT_EQ(RefusalOf(service.Call(request).status()), Refused(reason::kTooManyItems, "requests"));
  EXPECT_EQ(service.Digest(), before);
}

TEST(Batch, ItemIsTheSingleRequestThatItIsAlsoByItsRequestId) {
  ServiceUnderTest service;
  service.Must<v1::BatchUpsertAccountsRequest>("requests { account { id: 'ada' kind: TEACHER } request_id: 'once' }");
  const auto repeat = service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER } request_id: 'once'");
  EXPECT_EQ(repeat.outcome(), v1::Outcome::DUPLICATE);
}

TEST(Batch, OfInteractionsFindsOutcomesOneByOne) {
  ServiceUnderTest service;
  service.Must<v1::BatchUpsertAccountsRequest>(
      "requests { account { id: 'ada' kind: TEACHER } } requests { account { id: 'bo' kind: TEACHER } }");
  const auto answer = service.Must<v1::BatchWriteInteractionsRequest>(R"pb(
    requests {
      interaction {
        actor_id: "ada"
        kind: FOLLOW
        account_id: "bo"
        event_time { seconds: 1600000000 }
      }
    }
    requests {
      interaction {
        actor_id: "ada"
        kind: FOLLOW
        account_id: "bo"
        event_time { seconds: 1600000000 }
      }
    }
    requests {
      interaction {
        actor_id: "ada"
        kind: FOLLOW
        account_id: "bo"
        event_time { seconds: 1500000000 }
      }
    }
    requests { interaction { actor_id: "ada" kind: FOLLOW account_id: "cy" } }
    requests {
      interaction { actor_id: "ada" kind: FOLLOW account_id: "cy" }
      create_stubs: true
    })pb");
  ASSERT_EQ(answer.results_size(), 5);
  EXPECT_EQ(answer.results(0).outcome(), v1::Outcome::APPLIED);
  EXPECT_EQ(answer.results(1).outcome(), v1::Outcome::DUPLICATE);
  EXPECT_EQ(answer.results(2).outcome(), v1::Outcome::STALE);
  EXPECT_EQ(ReasonOf(answer.results(3).status()), reason::kAccountNotFound);
  EXPECT_EQ(answer.results(4).outcome(), v1::Outcome::APPLIED);
}

TEST(Batch, IsNotBegunWhenNobodyWaits) {
  ServiceUnderTest service;
  service.context->cancelled = true;
  EXPECT_THAT(service.Call<v1::BatchUpsertAccountsRequest>("requests { account { id: 'ada' kind: TEACHER } }"),
              StatusIs(absl::StatusCode::kCancelled));
  service.context->cancelled = false;
  EXPECT_THAT(service.Call<v1::GetAccountRequest>("id: 'ada'"), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace staffroom
