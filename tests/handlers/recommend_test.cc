// RecommendationService: what it refuses, what it answers, and how lists go on.
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/tokens/attribution_token.h"
#include "service/tokens/revision.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/catalog_resources.pb.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "staffroom/v1/recommend.pb.h"
#include "tests/converters/messages.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

// Teachers t0, t1, … of chess and mathematics, and two books.
void AddStaffroom(ServiceUnderTest& service, int teachers) {
  v1::BatchUpsertAccountsRequest batch;
  for (int i = 0; i < teachers; ++i) {
    *batch.add_requests()->mutable_account() = Parse<v1::Account>(
        absl::StrCat("id: 't", i, "' kind: TEACHER display_name: 'Teacher ", i,
                     "' bio: 'I teach chess.' interests: 'chess' subjects: 'mathematics' languages: 'en'"));
  }
  service.Must(batch);
  for (const char* id : {"r1", "r2"}) {
    service.Must<v1::UpsertResourceRequest>(
        absl::StrCat("resource { id: '", id, "' kind: BOOK title: 'Chess ", id,
                     "' author_id: 't1' subjects: 'mathematics' languages: 'en' }"));
  }
}

template <typename Response>
std::vector<std::string> Ids(const Response& response) {
  std::vector<std::string> ids;
  for (const v1::Result& result : response.results()) {
    ids.push_back(result.item().has_account_id() ? result.item().account_id() : result.item().resource_id());
  }
  return ids;
}

TEST(RecommendAccounts, AnswersOthersWithNamesReasonsAndTokens) {
  ServiceUnderTest service;
  AddStaffroom(service, 5);
  const auto response = service.Must<v1::RecommendAccountsRequest>("account_id: 't0' count: 3");
  ASSERT_EQ(response.results_size(), 3);
  EXPECT_THAT(Ids(response), Not(Contains("t0")));
  for (const v1::Result& result : response.results()) {
    EXPECT_THAT(result.summary().display_name(), ::testing::StartsWith("Teacher "));
    EXPECT_GT(result.reasons_size(), 0);
    EXPECT_LE(result.reasons_size(), 3);
    EXPECT_GT(result.sources_size(), 0);
    EXPECT_THAT(result.sources(), Not(Contains("")));
    EXPECT_GE(result.score(), 0.0f);
    EXPECT_LE(result.score(), 1.0f);
  }
  EXPECT_NE(response.attribution_token(), "");
  EXPECT_NE(response.next_page_token(), "");
  EXPECT_EQ(response.revision(), FormatRevision({ServiceUnderTest::kEpoch, service.Revision()}));
  EXPECT_FALSE(response.has_effective_settings());
  EXPECT_FALSE(response.has_trace());
}

TEST(RecommendResources, AnswersResourcesWithTheirTitles) {
  ServiceUnderTest service;
  AddStaffroom(service, 3);
  const auto response = service.Must<v1::RecommendResourcesRequest>("account_id: 't0'");
  EXPECT_THAT(Ids(response), ::testing::UnorderedElementsAre("r1", "r2"));
  EXPECT_THAT(response.results(0).summary().title(), ::testing::StartsWith("Chess"));
  EXPECT_EQ(response.next_page_token(), "");
}

TEST(RecommendAccounts, LeavesNamesOutOfTheIdsView) {
  ServiceUnderTest service;
  AddStaffroom(service, 3);
  const auto response = service.Must<v1::RecommendAccountsRequest>("account_id: 't0' view: IDS");
  ASSERT_GT(response.results_size(), 0);
  EXPECT_FALSE(response.results(0).has_summary());
}

TEST(RecommendAccounts, SeesTheAskersOwnWriteAtOnce) {
  ServiceUnderTest service;
  AddStaffroom(service, 3);
  ASSERT_THAT(Ids(service.Must<v1::RecommendAccountsRequest>("account_id: 't0'")), Contains("t1"));
  const auto follow =
      service.Must<v1::WriteInteractionRequest>("interaction { actor_id: 't0' kind: FOLLOW account_id: 't1' }");
  const auto response = service.Must<v1::RecommendAccountsRequest>(
      absl::StrCat("account_id: 't0' min_revision: '", follow.revision(), "'"));
  EXPECT_THAT(Ids(response), ElementsAre("t2"));
  EXPECT_EQ(response.revision(), follow.revision());
}

TEST(RecommendAccounts, AnswersAVisitorByTheVisitorsWords) {
  ServiceUnderTest service;
  AddStaffroom(service, 3);
  service.Must<v1::UpsertAccountRequest>(
      "account { id: 'baker' kind: TEACHER bio: 'Sourdough and pastry.' interests: 'baking' }");
  const auto response = service.Must<v1::RecommendAccountsRequest>("profile { interests: 'pastry baking' }");
  ASSERT_GT(response.results_size(), 0);
  EXPECT_EQ(response.results(0).item().account_id(), "baker");
  EXPECT_FALSE(response.is_fallback());
}

TEST(RecommendAccounts, GoesOnWhereThePageEndedAndRepeatsNothing) {
  ServiceUnderTest service;
  AddStaffroom(service, 8);
  v1::RecommendAccountsRequest request = Parse<v1::RecommendAccountsRequest>("account_id: 't0' count: 3");
  std::multiset<std::string> seen;
  int pages = 0;
  do {
    const auto response = service.Must(request);
    for (const std::string& id : Ids(response)) seen.insert(id);
    for (const v1::Result& result : response.results()) EXPECT_GT(result.reasons_size(), 0) << "page " << pages;
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty() && ++pages < 10);
  EXPECT_EQ(seen, (std::multiset<std::string>{"t1", "t2", "t3", "t4", "t5", "t6", "t7"}));
}

TEST(RecommendAccounts, HonoursAFollowBetweenTwoPages) {
  ServiceUnderTest service;
  AddStaffroom(service, 8);
  v1::RecommendAccountsRequest request = Parse<v1::RecommendAccountsRequest>("account_id: 't0' count: 3");
  const auto first = service.Must(request);
  request.set_page_token(first.next_page_token());
  const std::vector<std::string> second = Ids(service.Must(request));
  service.Must<v1::WriteInteractionRequest>(
      absl::StrCat("interaction { actor_id: 't0' kind: FOLLOW account_id: '", second[0], "' }"));
  EXPECT_THAT(Ids(service.Must(request)), Not(Contains(second[0])));
}

TEST(PageToken, GoesWithTheRequestThatItWasGivenForAndForAnHour) {
  ServiceUnderTest service;
  AddStaffroom(service, 8);
  const std::string token = service.Must<v1::RecommendAccountsRequest>("account_id: 't0' count: 3").next_page_token();
  ASSERT_NE(token, "");
  const auto with = [&](const std::string& rest) {
    return RefusalOf(
        service.Call<v1::RecommendAccountsRequest>(absl::StrCat("page_token: '", token, "' ", rest)).status());
  };
  const Refusal invalid = Refused(reason::kPageTokenInvalid, "page_token");
  EXPECT_EQ(with("account_id: 't0' count: 3"), Refusal());
  EXPECT_EQ(with("account_id: 't0' count: 3 explain: true"), Refusal());
  EXPECT_EQ(with("account_id: 't1' count: 3"), invalid);
  EXPECT_EQ(with("account_id: 't0' count: 4"), invalid);
  EXPECT_EQ(with("account_id: 't0' count: 3 surface: 'onboarding'"), invalid);
  EXPECT_EQ(RefusalOf(service
                          .Call<v1::RecommendResourcesRequest>(
                              absl::StrCat("account_id: 't0' count: 3 page_token: '", token, "'"))
                          .status()),
            invalid);
  EXPECT_EQ(RefusalOf(service.Call<v1::RecommendAccountsRequest>("account_id: 't0' page_token: 'x'").status()),
            invalid);
  service.clock.Advance(absl::Hours(1));
  EXPECT_EQ(with("account_id: 't0' count: 3"), invalid);
}

TEST(MinRevision, IsRefusedWhenItIsOfAnotherStoreOfTheFutureOrNone) {
  ServiceUnderTest service;
  AddStaffroom(service, 2);
  const auto reason_of = [&](const std::string& revision) {
    return ErrorReason(
        service.Call<v1::RecommendAccountsRequest>(absl::StrCat("account_id: 't0' min_revision: '", revision, "'"))
            .status());
  };
  EXPECT_EQ(reason_of(FormatRevision({8, 1})), reason::kRevisionOfAnotherStore);
  EXPECT_EQ(reason_of(FormatRevision({ServiceUnderTest::kEpoch, service.Revision() + 1})),
            reason::kRevisionFromTheFuture);
  EXPECT_EQ(reason_of("nonsense"), reason::kFieldOutOfRange);
  EXPECT_EQ(reason_of(FormatRevision({ServiceUnderTest::kEpoch, service.Revision()})), "");
}

TEST(Asker, MustBeKnownAndMayBeAStub) {
  ServiceUnderTest service;
  AddStaffroom(service, 2);
  service.Must<v1::WriteInteractionRequest>(
      "interaction { actor_id: 'stub' kind: FOLLOW account_id: 't0' } create_stubs: true");
  for (const char* validate_only : {"", " validate_only: true"}) {
    EXPECT_EQ(ErrorReason(
                  service.Call<v1::RecommendAccountsRequest>(absl::StrCat("account_id: 'x'", validate_only)).status()),
              reason::kAccountNotFound);
    EXPECT_THAT(service.Call<v1::RecommendAccountsRequest>(absl::StrCat("account_id: 'stub'", validate_only)), IsOk());
  }
}

TEST(UnknownIds, AreNamedAndAreNoError) {
  ServiceUnderTest service;
  AddStaffroom(service, 3);
  const auto response = service.Must<v1::RecommendAccountsRequest>(
      "account_id: 't0' exclude { account_id: 't1' } exclude { account_id: 'x' } liked { resource_id: 'y' }");
  EXPECT_THAT(response.unknown_ids(), ElementsAre("x", "y"));
  EXPECT_THAT(Ids(response), ElementsAre("t2"));
}

TEST(ValidateOnly, AnswersTheSettingsThatSurfaceAndRequestAgreeOn) {
  ServiceUnderTest service;
  AddStaffroom(service, 3);
  const auto plain = service.Must<v1::RecommendAccountsRequest>("account_id: 't0' validate_only: true");
  EXPECT_EQ(plain.results_size(), 0);
  EXPECT_EQ(plain.attribution_token(), "");
  EXPECT_EQ(plain.effective_settings().surface(), "feed");
  EXPECT_EQ(plain.effective_settings().count(), 20);
  EXPECT_EQ(plain.effective_settings().diversity(), 0.05f);
  const auto asked = service.Must<v1::RecommendAccountsRequest>(
      "account_id: 't0' validate_only: true surface: 'onboarding' count: 500 diversity: 0");
  EXPECT_EQ(asked.effective_settings().surface(), "onboarding");
  EXPECT_EQ(asked.effective_settings().count(), 500);
  EXPECT_EQ(asked.effective_settings().diversity(), 0.0f);
  EXPECT_EQ(asked.effective_settings().exploration(), 0.2f);
}

TEST(Surface, ThatIsUnknownIsRefusedWithTheKnownNames) {
  ServiceUnderTest service;
  AddStaffroom(service, 2);
  const auto answer = service.Call<v1::RecommendAccountsRequest>("account_id: 't0' surface: 'billboard'");
  EXPECT_EQ(RefusalOf(answer.status()), Refused(reason::kFieldOutOfRange, "surface"));
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kInvalidArgument,
                               ::testing::HasSubstr("feed, onboarding, profile_page, weekly_mail")));
  EXPECT_EQ(RefusalOf(service
                          .Call<v1::RecommendAccountsRequest>(
                              absl::StrCat("account_id: 't0' surface: '", std::string(65, 'x'), "'"))
                          .status()),
            Refused(reason::kFieldTooLong, "surface"));
}

TEST(Explain, TellsSettingsSourcesFiltersFeaturesAndStages) {
  ServiceUnderTest service;
  AddStaffroom(service, 4);
  service.Must<v1::WriteInteractionRequest>("interaction { actor_id: 't0' kind: FOLLOW account_id: 't1' }");
  const auto response = service.Must<v1::RecommendAccountsRequest>("account_id: 't0' explain: true");
  EXPECT_EQ(response.effective_settings().surface(), "feed");
  EXPECT_GT(response.trace().sources_size(), 0);
  EXPECT_GT(response.trace().stages_size(), 0);
  ASSERT_EQ(response.trace().features_size(), response.results_size());
  EXPECT_EQ(response.trace().features(0).item().account_id(), response.results(0).item().account_id());
  EXPECT_GT(response.trace().features(0).features_size(), 0);
}

TEST(AttributionToken, OfAnAnswerIsTakenForWhatWasOnItsList) {
  ServiceUnderTest service;
  AddStaffroom(service, 4);
  const auto response = service.Must<v1::RecommendAccountsRequest>("account_id: 't0' experiment: 'e' variant: 'v'");
  const auto token = service.attribution_tokens().Open(ServiceUnderTest::kEpoch, response.attribution_token());
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(token->items.size(), static_cast<size_t>(response.results_size()));
  EXPECT_EQ(token->surface, "feed");
  EXPECT_EQ(token->experiment, "e");
  EXPECT_EQ(token->variant, "v");
  const auto follow = service.Must<v1::WriteInteractionRequest>(
      absl::StrCat("interaction { actor_id: 't0' kind: FOLLOW account_id: '", response.results(0).item().account_id(),
                   "' attribution_token: '", response.attribution_token(), "' }"));
  EXPECT_EQ(follow.attribution(), v1::AttributionState::ATTRIBUTED);
}

TEST(Recommend, RefusesBadRequestsByTheirFields) {
  ServiceUnderTest service;
  AddStaffroom(service, 2);
  EXPECT_EQ(RefusalOf(service.Call<v1::RecommendAccountsRequest>("account_id: 't0' count: 501").status()),
            Refused(reason::kFieldOutOfRange, "count"));
  EXPECT_EQ(RefusalOf(service.Call<v1::RecommendResourcesRequest>("count: -1 account_id: 't0'").status()),
            Refused(reason::kFieldOutOfRange, "count"));
  EXPECT_EQ(
      RefusalOf(service.Call<v1::RecommendResourcesRequest>("account_id: 't0' filter { mentors_only: true }").status()),
      Refused(reason::kContradictoryFilter, "filter.mentors_only"));
}

TEST(Recommend, ReadsNothingFromTheStore) {
  ServiceUnderTest service;
  AddStaffroom(service, 8);
  const int64_t before = service.store.reads();
  for (int i = 0; i < 50; ++i) {
    service.Must<v1::RecommendAccountsRequest>("account_id: 't0' count: 3 explain: true");
    service.Must<v1::RecommendResourcesRequest>("profile { interests: 'chess' }");
  }
  EXPECT_EQ(service.store.reads(), before);
}

TEST(Recommend, IsNotBegunWhenNobodyWaitsOrTheDeadlineHasPassed) {
  ServiceUnderTest service;
  AddStaffroom(service, 2);
  service.context->deadline = service.clock.Now();
  EXPECT_THAT(service.Call<v1::RecommendAccountsRequest>("account_id: 't0'"),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  service.context->deadline = absl::InfiniteFuture();
  service.context->cancelled = true;
  EXPECT_THAT(service.Call<v1::RecommendAccountsRequest>("account_id: 't0'"), StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace staffroom
