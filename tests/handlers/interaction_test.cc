// InteractionService: outcomes, attribution, taking back.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/tokens/attribution_token.h"
#include "service/views/read_view.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "tests/converters/messages.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using State = v1::AttributionState;

void AddAccounts(ServiceUnderTest& service) {
  for (const char* id : {"ada", "bo", "cy"}) {
    service.Must<v1::UpsertAccountRequest>(absl::StrCat("account { id: '", id, "' kind: TEACHER }"));
  }
}

TEST(WriteInteraction, OfUnknownThingsIsRefusedAndChangesNothing) {
  ServiceUnderTest service;
  AddAccounts(service);
  const uint64_t before = service.Digest();
  const auto refusal = [&](const std::string& interaction) {
    return ErrorReason(
        service.Call<v1::WriteInteractionRequest>(absl::StrCat("interaction {", interaction, "}")).status());
  };
  EXPECT_EQ(refusal("actor_id: 'x' kind: FOLLOW account_id: 'bo'"), reason::kAccountNotFound);
  EXPECT_EQ(refusal("actor_id: 'ada' kind: FOLLOW account_id: 'x'"), reason::kAccountNotFound);
  EXPECT_EQ(refusal("actor_id: 'ada' kind: LIKE post_id: 'x'"), reason::kPostNotFound);
  EXPECT_EQ(refusal("actor_id: 'ada' kind: SAVE resource_id: 'x'"), reason::kResourceNotFound);
  EXPECT_EQ(service.Digest(), before);
}

TEST(WriteInteraction, AcceptsAsManyMenteesAsTheMentorTakes) {
  ServiceUnderTest service;
  AddAccounts(service);
  service.Must<v1::UpsertAccountRequest>(
      "account { id: 'ada' mentor_offer { weekly_capacity: 1 } } update_mask { paths: 'mentor_offer' }");
  service.Must<v1::WriteInteractionRequest>("interaction { actor_id: 'ada' kind: MENTOR_ACCEPT account_id: 'bo' }");
  const auto full =
      service.Call<v1::WriteInteractionRequest>("interaction { actor_id: 'ada' kind: MENTOR_ACCEPT account_id: 'cy' }");
  EXPECT_THAT(full, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ErrorReason(full.status()), reason::kMentorFull);
}

TEST(DeleteInteraction, OfAStateLeavesATombstoneEvenBeforeTheWrite) {
  ServiceUnderTest service;
  AddAccounts(service);
  const std::string follow = "interaction { actor_id: 'ada' kind: FOLLOW account_id: 'bo' ";
  const auto deleted =
      service.Must<v1::DeleteInteractionRequest>(absl::StrCat(follow, "event_time { seconds: 1600000001 } }"));
  EXPECT_EQ(deleted.outcome(), v1::Outcome::APPLIED);
  const auto late =
      service.Must<v1::WriteInteractionRequest>(absl::StrCat(follow, "event_time { seconds: 1600000000 } }"));
  EXPECT_EQ(late.outcome(), v1::Outcome::STALE);
}

TEST(DeleteInteraction, CanWaitForItsActorAndTarget) {
  ServiceUnderTest service;
  const std::string follow = "interaction { actor_id: 'ada' kind: FOLLOW account_id: 'bo' ";
  const std::string deletion = absl::StrCat(follow, "event_time { seconds: 1600000001 } }");
  EXPECT_EQ(ErrorReason(service.Call<v1::DeleteInteractionRequest>(deletion).status()), reason::kAccountNotFound);
  service.Must<v1::DeleteInteractionRequest>(absl::StrCat(deletion, " create_stubs: true"));
  const auto late =
      service.Must<v1::WriteInteractionRequest>(absl::StrCat(follow, "event_time { seconds: 1600000000 } }"));
  EXPECT_EQ(late.outcome(), v1::Outcome::STALE);
}

TEST(DeleteInteraction, FindsAnEventByItsNameAloneOrIsNotFound) {
  ServiceUnderTest service;
  AddAccounts(service);
  service.Must<v1::WriteInteractionRequest>(
      "interaction { actor_id: 'ada' kind: VIEW account_id: 'bo' event_id: 'e1' }");
  EXPECT_EQ(ErrorReason(
                service.Call<v1::DeleteInteractionRequest>("interaction { actor_id: 'ada' kind: VIEW event_id: 'e2' }")
                    .status()),
            reason::kInteractionNotFound);
  EXPECT_EQ(
      service.Must<v1::DeleteInteractionRequest>("interaction { actor_id: 'ada' kind: VIEW event_id: 'e1' }").outcome(),
      v1::Outcome::APPLIED);
}

// A follow of bo by ada, brought along by `token`; what became of the token and whether the follow counts as popularity.
struct Followed {
  State::Value state;
  bool attributed;
};

Followed Follow(ServiceUnderTest& service, const std::string& actor, const std::string& token) {
  v1::WriteInteractionRequest request;
  request.mutable_interaction()->set_actor_id(actor);
  request.mutable_interaction()->set_kind(v1::Interaction::FOLLOW);
  request.mutable_interaction()->set_account_id("bo");
  request.mutable_interaction()->set_attribution_token(token);
  const v1::WriteInteractionResponse response = service.Must(request);
  EXPECT_EQ(response.outcome(), v1::Outcome::APPLIED);
  Followed followed{response.attribution(), false};
  service.ReadViews([&](const ReadView& view) {
    const AccountOrdinal bo = view.catalog.FindAccount("bo");
    EXPECT_EQ(view.graph.FollowerCount(bo), 1u);
    followed.attributed = view.graph.OrganicFollowerCount(bo) == 0;
  });
  return followed;
}

AttributionToken TokenFor(ServiceUnderTest& service, const std::string& asker, const std::string& shown) {
  AttributionToken token;
  token.epoch = ServiceUnderTest::kEpoch;
  service.ReadViews([&](const ReadView& view) {
    token.asker = view.catalog.FindAccount(asker);
    token.items.push_back({storage::ITEM_ACCOUNT, view.catalog.FindAccount(shown).value(), 1});
  });
  return token;
}

TEST(Attribution, CountsAFollowForTheListThatShowedIt) {
  ServiceUnderTest service;
  AddAccounts(service);
  const Followed followed = Follow(service, "ada", service.attribution_tokens().Seal(TokenFor(service, "ada", "bo")));
  EXPECT_EQ(followed.state, State::ATTRIBUTED);
  EXPECT_TRUE(followed.attributed);
}

TEST(Attribution, IsUnspecifiedWithoutAToken) {
  ServiceUnderTest service;
  AddAccounts(service);
  const Followed followed = Follow(service, "ada", "");
  EXPECT_EQ(followed.state, State::ATTRIBUTION_STATE_UNSPECIFIED);
  EXPECT_FALSE(followed.attributed);
}

TEST(Attribution, ExpiresAfterThirtyDaysAndTheWriteSucceeds) {
  ServiceUnderTest service;
  AddAccounts(service);
  const std::string token = service.attribution_tokens().Seal(TokenFor(service, "ada", "bo"));
  service.clock.Advance(absl::Hours(24 * 30));
  const Followed followed = Follow(service, "ada", token);
  EXPECT_EQ(followed.state, State::EXPIRED);
  EXPECT_FALSE(followed.attributed);
}

TEST(Attribution, IsForeignWhereAskerTargetStoreOrSealDoNotMatchAndTheWriteSucceeds) {
  const auto follow_with = [](const std::function<void(ServiceUnderTest&, AttributionToken&)>& change) {
    ServiceUnderTest service;
    AddAccounts(service);
    AttributionToken token = TokenFor(service, "ada", "bo");
    change(service, token);
    return Follow(service, "ada", service.attribution_tokens().Seal(token));
  };
  const Followed of_another_asker =
      follow_with([](auto& service, auto& token) { token.asker = TokenFor(service, "cy", "bo").asker; });
  EXPECT_EQ(of_another_asker.state, State::FOREIGN);
  EXPECT_FALSE(of_another_asker.attributed);
  EXPECT_EQ(follow_with([](auto& service, auto& token) { token.items = TokenFor(service, "ada", "cy").items; }).state,
            State::FOREIGN);
  EXPECT_EQ(follow_with([](auto&, auto& token) { token.items[0].item_kind = storage::ITEM_POST; }).state,
            State::FOREIGN);
  EXPECT_EQ(follow_with([](auto&, auto& token) { token.epoch = 8; }).state, State::FOREIGN);
  ServiceUnderTest service;
  AddAccounts(service);
  EXPECT_EQ(Follow(service, "ada", "nonsense").state, State::FOREIGN);
}

TEST(Attribution, TakesTheListOfAVisitorForThatOfWhoActsOnIt) {
  ServiceUnderTest service;
  AddAccounts(service);
  AttributionToken token = TokenFor(service, "ada", "bo");
  token.asker = AccountOrdinal();
  EXPECT_EQ(Follow(service, "ada", service.attribution_tokens().Seal(token)).state, State::ATTRIBUTED);
}

TEST(Attribution, IsUnspecifiedWhereNothingWasApplied) {
  ServiceUnderTest service;
  AddAccounts(service);
  v1::BatchWriteInteractionsRequest batch;
  for (int i = 0; i < 2; ++i) {
    v1::Interaction& interaction = *batch.add_requests()->mutable_interaction();
    interaction =
        Parse<v1::Interaction>("actor_id: 'ada' kind: FOLLOW account_id: 'bo' event_time { seconds: 1600000000 }");
    interaction.set_attribution_token(service.attribution_tokens().Seal(TokenFor(service, "ada", "bo")));
  }
  const auto answer = service.Must(batch);
  EXPECT_EQ(answer.results(0).attribution(), State::ATTRIBUTED);
  EXPECT_EQ(answer.results(1).outcome(), v1::Outcome::DUPLICATE);
  EXPECT_EQ(answer.results(1).attribution(), State::ATTRIBUTION_STATE_UNSPECIFIED);
  EXPECT_EQ(service.Must(batch.requests(0)).attribution(), State::ATTRIBUTION_STATE_UNSPECIFIED);
}

}  // namespace
}  // namespace staffroom
