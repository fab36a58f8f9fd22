#include "service/client/answer_text.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "staffroom/v1/recommend.pb.h"

namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string TextOf(const v1::RecommendAccountsResponse& response) {
  return AnswerText({.results = response.results(),
                     .unknown_ids = response.unknown_ids(),
                     .is_fallback = response.is_fallback(),
                     .trace = response.has_trace() ? &response.trace() : nullptr});
}

v1::RecommendAccountsResponse AnswerWithOmar() {
  v1::RecommendAccountsResponse response;
  v1::Result* omar = response.add_results();
  omar->mutable_item()->set_account_id("omar");
  omar->mutable_summary()->set_display_name("Omar Haddad");
  omar->set_score(0.8125f);
  omar->add_reasons()->set_text("Follows you.");
  omar->add_reasons()->set_kind(v1::Reason::NEARBY);
  return response;
}

TEST(AnswerText, ShowsRankNameIdScoreAndReasons) {
  EXPECT_EQ(TextOf(AnswerWithOmar()),
            "#  name         id    score  why\n"
            "1  Omar Haddad  omar  0.812  Follows you. NEARBY\n");
}

TEST(AnswerText, ShowsTheTitleOfAResource) {
  v1::RecommendAccountsResponse response;
  response.add_results()->mutable_item()->set_resource_id("r1");
  response.mutable_results(0)->mutable_summary()->set_title("Fractions with paper");
  EXPECT_THAT(TextOf(response), HasSubstr("1  Fractions with paper  r1"));
}

TEST(AnswerText, SaysWhenTheListIsAFallback) {
  v1::RecommendAccountsResponse response = AnswerWithOmar();
  EXPECT_THAT(TextOf(response), Not(HasSubstr("too little is known")));
  response.set_is_fallback(true);
  EXPECT_THAT(TextOf(response), HasSubstr("too little is known"));
}

TEST(AnswerText, SaysWhenNothingIsLeft) { EXPECT_THAT(TextOf({}), StartsWith("nothing")); }

TEST(AnswerText, NamesUnknownIds) {
  v1::RecommendAccountsResponse response = AnswerWithOmar();
  response.add_unknown_ids("gone");
  EXPECT_THAT(TextOf(response), EndsWith("unknown ids: gone\n"));
}

TEST(AnswerText, ShowsHowTheAnswerCameAboutWhenAsked) {
  v1::RecommendAccountsResponse response = AnswerWithOmar();
  v1::Trace::Source* source = response.mutable_trace()->add_sources();
  source->set_name("friends_of_friends");
  source->set_candidates(120);
  v1::Trace::Drop* drop = response.mutable_trace()->add_drops();
  drop->set_filter("already_followed");
  drop->set_candidates(7);
  EXPECT_THAT(TextOf(response), AllOf(HasSubstr("source      friends_of_friends  120\n"),
                                      HasSubstr("dropped by  already_followed      7\n")));
}

TEST(StatusText, ListsCountsViewsAndRevision) {
  v1::GetStatusResponse status;
  status.set_accounts(12'345);
  status.add_views()->set_name("graph");
  status.mutable_views(0)->set_bytes(3 << 19);
  status.set_revision("r7");
  const std::string text = StatusText(status);
  EXPECT_THAT(text, AllOf(HasSubstr("accounts "), HasSubstr(" 12,345\n"), HasSubstr("view graph"), HasSubstr("1.5 MiB"),
                          HasSubstr("r7\n"), Not(HasSubstr("erasing since"))));
}

TEST(StatusText, SaysHowFarAComingModelIs) {
  v1::GetStatusResponse status;
  v1::GetStatusResponse::Model* const serving = status.add_models();
  serving->set_name("encoder");
  serving->set_id("old");
  serving->set_state(v1::GetStatusResponse::Model::SERVING);
  v1::GetStatusResponse::Model* const coming = status.add_models();
  *coming = *serving;
  coming->set_id("new");
  coming->set_state(v1::GetStatusResponse::Model::COMING);
  coming->set_done(1'200);
  EXPECT_THAT(StatusText(status), AllOf(HasSubstr(" old\n"), HasSubstr("new, coming: 1,200\n")));
  coming->set_total(34'000);
  EXPECT_THAT(StatusText(status), HasSubstr("new, coming: 1,200 of 34,000\n"));
}

}  // namespace
}  // namespace staffroom
