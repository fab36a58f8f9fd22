// Every error of the contract that a handler can answer: its reason, and that nothing has changed.
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/dispatch/reply.h"
#include "service/engine/revision_gate.h"
#include "service/handlers/recommendation_handlers.h"
#include "service/tokens/revision.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/catalog_posts.pb.h"
#include "staffroom/v1/catalog_resources.pb.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "staffroom/v1/recommend.pb.h"
#include "tests/converters/messages.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

struct RefusedCall {
  std::function<absl::Status(ServiceUnderTest&)> call;
  absl::StatusCode code;
  absl::string_view reason;
};

template <typename Request>
std::function<absl::Status(ServiceUnderTest&)> Calling(const std::string& text) {
  return [text](ServiceUnderTest& service) { return service.Call<Request>(text).status(); };
}

std::vector<RefusedCall> RefusedCalls() {
  constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
  constexpr absl::StatusCode kNotFound = absl::StatusCode::kNotFound;
  constexpr absl::StatusCode kPrecondition = absl::StatusCode::kFailedPrecondition;
  const std::string ada = "account { id: 'ada' kind: TEACHER ";
  const std::string of_ada = "actor_id: 'ada' ";
  return {
      {Calling<v1::UpsertAccountRequest>("account { kind: TEACHER }"), kInvalid, reason::kFieldRequired},
      {Calling<v1::UpsertAccountRequest>(absl::StrCat("account { kind: TEACHER id: '", std::string(129, 'x'), "' }")),
       kInvalid, reason::kFieldTooLong},
      {Calling<v1::UpsertAccountRequest>("account { kind: TEACHER id: 'a\\tb' }"), kInvalid, reason::kFieldOutOfRange},
      {Calling<v1::UpsertAccountRequest>(ada + "exposure: 9 }"), kInvalid, reason::kEnumUnknown},
      {Calling<v1::UpsertAccountRequest>(ada + "create_time { seconds: 1 } }"), kInvalid, reason::kFieldOutOfRange},
      {Calling<v1::UpsertAccountRequest>(ada + "} update_mask { paths: 'follower_count' }"), kInvalid,
       reason::kFieldOutOfRange},
      {Calling<v1::UpsertAccountRequest>("account { id: 'x' } update_mask { paths: 'bio' }"), kNotFound,
       reason::kAccountNotFound},
      {Calling<v1::UpsertAccountRequest>(ada + "bio: 'other' } request_id: 'used'"), kInvalid,
       reason::kRequestIdReused},
      {Calling<v1::UpsertPostRequest>("post { id: 'p' author_id: 'x' }"), kNotFound, reason::kAccountNotFound},
      {Calling<v1::UpsertPostRequest>("post { id: 'x' } update_mask { paths: 'text' }"), kNotFound,
       reason::kPostNotFound},
      {Calling<v1::UpsertPostRequest>(absl::StrCat("post { id: 'p' author_id: 'ada' ",
                                                   "resource_ids: ['1','2','3','4','5','6','7','8','9','10','11','12',",
                                                   "'13','14','15','16','17','18','19','20','21','22','23','24','25',",
                                                   "'26','27','28','29','30','31','32','33'] }")),
       kInvalid, reason::kTooManyItems},
      {Calling<v1::UpsertResourceRequest>("resource { id: 'x' } update_mask { paths: 'title' }"), kNotFound,
       reason::kResourceNotFound},
      {Calling<v1::DeleteAccountRequest>("id: 'x'"), kNotFound, reason::kAccountNotFound},
      {Calling<v1::DeletePostRequest>("id: 'x'"), kNotFound, reason::kPostNotFound},
      {Calling<v1::DeleteResourceRequest>("id: 'x'"), kNotFound, reason::kResourceNotFound},
      {Calling<v1::ListAccountsRequest>("page_token: 'x'"), kInvalid, reason::kPageTokenInvalid},
      {Calling<v1::WriteInteractionRequest>("interaction { " + of_ada + "kind: FOLLOW post_id: 'p' }"), kInvalid,
       reason::kFieldOutOfRange},
      {Calling<v1::WriteInteractionRequest>("interaction { " + of_ada + "kind: FOLLOW account_id: 'x' }"), kNotFound,
       reason::kAccountNotFound},
      {Calling<v1::WriteInteractionRequest>("interaction { " + of_ada + "kind: MENTOR_ACCEPT account_id: 'bo' }"),
       kPrecondition, reason::kMentorFull},
      {Calling<v1::DeleteInteractionRequest>("interaction { " + of_ada + "kind: READ event_id: 'x' }"), kNotFound,
       reason::kInteractionNotFound},
      {Calling<v1::RecommendAccountsRequest>("account_id: 'x'"), kNotFound, reason::kAccountNotFound},
      {Calling<v1::RecommendAccountsRequest>("account_id: 'ada' count: -1"), kInvalid, reason::kFieldOutOfRange},
      {Calling<v1::RecommendAccountsRequest>("account_id: 'ada' filter { max_minutes: 1 }"), kInvalid,
       reason::kContradictoryFilter},
      {Calling<v1::RecommendAccountsRequest>("account_id: 'ada' page_token: 'x'"), kInvalid, reason::kPageTokenInvalid},
      {Calling<v1::RecommendAccountsRequest>("account_id: 'ada' min_revision: 'x'"), kInvalid,
       reason::kFieldOutOfRange},
      {Calling<v1::RecommendAccountsRequest>(
           absl::StrCat("account_id: 'ada' min_revision: '", FormatRevision({1, 1}), "'")),
       kPrecondition, reason::kRevisionOfAnotherStore},
      {Calling<v1::RecommendAccountsRequest>(
           absl::StrCat("account_id: 'ada' min_revision: '", FormatRevision({ServiceUnderTest::kEpoch, 1'000}), "'")),
       kPrecondition, reason::kRevisionFromTheFuture},
  };
}

TEST(Refusal, HasItsCodeAndReasonAndChangesNothing) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER } request_id: 'used'");
  service.Must<v1::UpsertAccountRequest>("account { id: 'bo' kind: TEACHER }");
  const uint64_t digest = service.Digest();
  const uint64_t revision = service.Revision();
  const std::vector<RefusedCall> calls = RefusedCalls();
  for (size_t i = 0; i < calls.size(); ++i) {
    const absl::Status status = calls[i].call(service);
    EXPECT_EQ(status.code(), calls[i].code) << "call " << i << ": " << status;
    EXPECT_EQ(ErrorReason(status), calls[i].reason) << "call " << i << ": " << status;
    EXPECT_EQ(service.Digest(), digest) << "call " << i << ": " << status;
    EXPECT_EQ(service.Revision(), revision) << "call " << i << ": " << status;
  }
}

TEST(ReadOnlyStore, RefusesEveryWriteAndStillAnswersReads) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER }");
  service.store.FailWriteAfter(0, absl::InternalError("the disk is gone"));
  const std::string write = "account { id: 'bo' kind: TEACHER }";
  for (int i = 0; i < 2; ++i) {
    const auto refused = service.Call<v1::UpsertAccountRequest>(write);
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
    EXPECT_EQ(ErrorReason(refused.status()), reason::kReadOnlyStore);
  }
  const auto batch = service.Must<v1::BatchUpsertAccountsRequest>(absl::StrCat("requests { ", write, " }"));
  EXPECT_EQ(batch.results(0).status().code(), 9);
  EXPECT_THAT(service.Call<v1::GetAccountRequest>("id: 'ada'"), IsOk());
  EXPECT_THAT(service.Call<v1::RecommendAccountsRequest>("account_id: 'ada'"), IsOk());
}

// A request that waits for revision 5 of a gate that stands at 3, and what becomes of it.
class ParkedRequest {
 public:
  explicit ParkedRequest(ServiceUnderTest& service) {
    gate.Open(3);
    gate.Committed(5);
    RecommendationHandlers::Parts parts = service.RecommendationParts();
    handlers = std::make_unique<RecommendationHandlers>(RecommendationHandlers::Parts{
        parts.views, parts.recommender, parts.encoders, parts.surfaces, parts.page_tokens, parts.attribution_tokens,
        parts.clock, gate, parts.epoch, [this](absl::AnyInvocable<void()> task) { task_ = std::move(task); }});
    request_.set_account_id("ada");
    request_.set_min_revision(FormatRevision({ServiceUnderTest::kEpoch, 5}));
    handlers->RecommendAccounts(service.context, request_, Reply<v1::RecommendAccountsResponse>::To([this](auto given) {
                                  answer = std::move(given);
                                }));
  }

  bool is_handed_over() const { return task_ != nullptr; }
  void RunHandedOver() { task_(); }

  const HandClock clock;
  RevisionGate gate{&clock};
  std::unique_ptr<RecommendationHandlers> handlers;
  absl::optional<absl::StatusOr<v1::RecommendAccountsResponse>> answer;

 private:
  v1::RecommendAccountsRequest request_;
  absl::AnyInvocable<void()> task_;
};

TEST(MinRevision, ThatIsNoneIsToldTogetherWithTheOtherWrongFields) {
  ServiceUnderTest service;
  const auto refused = service.Call<v1::RecommendAccountsRequest>(
      "account_id: 'ada' count: -1 surface: 'corridor' min_revision: 'yesterday'");
  EXPECT_EQ(RefusalOf(refused.status()),
            (Refusal{std::string(reason::kFieldOutOfRange), {"count", "surface", "min_revision"}}));
}

TEST(MinRevision, ThatIsCommittedParksTheRequestUntilTheViewsHaveIt) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER }");
  ParkedRequest parked(service);
  EXPECT_FALSE(parked.answer.has_value());
  parked.gate.Open(4);
  EXPECT_FALSE(parked.is_handed_over());
  parked.gate.Open(5);
  EXPECT_FALSE(parked.answer.has_value()) << "answered on the thread that opened the gate";
  ASSERT_TRUE(parked.is_handed_over());
  parked.RunHandedOver();
  ASSERT_TRUE(parked.answer.has_value());
  EXPECT_THAT(*parked.answer, IsOk());
}

TEST(MinRevision, IsAnsweredWithTheReasonWhenTheViewsWillNeverHaveIt) {
  ServiceUnderTest service;
  ParkedRequest parked(service);
  parked.gate.Close(ReadOnlyStore());
  ASSERT_TRUE(parked.answer.has_value());
  EXPECT_EQ(ErrorReason(parked.answer->status()), reason::kReadOnlyStore);
}

}  // namespace
}  // namespace staffroom
