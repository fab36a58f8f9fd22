#include <limits>
#include <string>
#include <vector>

#include "staffroom/v1/recommend.pb.h"
#include "tests/integration/bad_requests.h"

namespace staffroom {
namespace {

using Accounts = v1::RecommendAccountsRequest;
using Resources = v1::RecommendResourcesRequest;

template <typename Request, typename Spoil>
BadRequest BadQuestion(const std::string& name, const std::string& reason, const std::string& field,
                       const Spoil& spoil) {
  Request request;
  request.set_account_id("ada");
  spoil(request);
  const std::string rpc = Request::descriptor()->name() == "RecommendAccountsRequest"
                              ? "RecommendationService/RecommendAccounts"
                              : "RecommendationService/RecommendResources";
  return {name, rpc, request.SerializeAsString(), absl::StatusCode::kInvalidArgument, reason, field};
}

void Bound(v1::Filter* filter, int64_t after, int64_t before) {
  filter->mutable_published()->mutable_after()->set_seconds(after);
  filter->mutable_published()->mutable_before()->set_seconds(before);
}

}  // namespace

std::vector<BadRequest> BadQuestions() {
  Accounts nobody;
  nobody.set_account_id("nobody");
  return {
      {"AnUnknownAsker", "RecommendationService/RecommendAccounts", nobody.SerializeAsString(),
       absl::StatusCode::kNotFound, "ACCOUNT_NOT_FOUND", "nobody"},
      BadQuestion<Accounts>("NoAsker", "FIELD_REQUIRED", "asker", [](Accounts& r) { r.clear_asker(); }),
      BadQuestion<Accounts>("AnAskerOf129Bytes", "FIELD_TOO_LONG", "account_id",
                            [](Accounts& r) { r.set_account_id(IdOf(129)); }),
      BadQuestion<Accounts>("AnEmptyProfile", "FIELD_REQUIRED", "profile", [](Accounts& r) { r.mutable_profile(); }),
      BadQuestion<Accounts>("CountMinusOne", "FIELD_OUT_OF_RANGE", "count", [](Accounts& r) { r.set_count(-1); }),
      BadQuestion<Resources>("Count501", "FIELD_OUT_OF_RANGE", "count", [](Resources& r) { r.set_count(501); }),
      BadQuestion<Accounts>("AnUnknownSurface", "FIELD_OUT_OF_RANGE", "surface",
                            [](Accounts& r) { r.set_surface("no_such_surface"); }),
      BadQuestion<Accounts>("TooMuchDiversity", "FIELD_OUT_OF_RANGE", "diversity",
                            [](Accounts& r) { r.set_diversity(1.5f); }),
      BadQuestion<Accounts>("DiversityThatIsNoNumber", "FIELD_OUT_OF_RANGE", "diversity",
                            [](Accounts& r) { r.set_diversity(std::numeric_limits<float>::quiet_NaN()); }),
      BadQuestion<Accounts>("NegativeExploration", "FIELD_OUT_OF_RANGE", "exploration",
                            [](Accounts& r) { r.set_exploration(-0.1f); }),
      BadQuestion<Accounts>("AnExclusionOfNothing", "FIELD_REQUIRED", "exclude[0].item",
                            [](Accounts& r) { r.add_exclude(); }),
      BadQuestion<Accounts>("AThousandAndOneExclusions", "TOO_MANY_ITEMS", "exclude",
                            [](Accounts& r) {
                              for (int i = 0; i < 1001; ++i) r.add_exclude()->set_account_id("ben");
                            }),
      BadQuestion<Accounts>("AHundredAndOneExamples", "TOO_MANY_ITEMS", "liked",
                            [](Accounts& r) {
                              for (int i = 0; i < 101; ++i) r.add_liked()->set_account_id("ben");
                            }),
      BadQuestion<Accounts>("AnUnknownView", "ENUM_UNKNOWN", "view",
                            [](Accounts& r) { r.set_view(static_cast<v1::ResultView::Value>(9)); }),
      BadQuestion<Accounts>(
          "AnUnknownAccountKind", "ENUM_UNKNOWN", "filter.account_kinds[0]",
          [](Accounts& r) { r.mutable_filter()->add_account_kinds(static_cast<v1::Account::Kind>(9)); }),
      BadQuestion<Accounts>("ATagWantedAndUnwanted", "CONTRADICTORY_FILTER", "filter.tags.none[0]",
                            [](Accounts& r) {
                              r.mutable_filter()->mutable_tags()->add_any("Labs");
                              r.mutable_filter()->mutable_tags()->add_none("labs");
                            }),
      BadQuestion<Accounts>("AtMostFewerThanAtLeast", "CONTRADICTORY_FILTER", "filter.follower_count.max",
                            [](Accounts& r) {
                              r.mutable_filter()->mutable_follower_count()->set_min(5);
                              r.mutable_filter()->mutable_follower_count()->set_max(4);
                            }),
      BadQuestion<Accounts>("MinutesOfAccounts", "CONTRADICTORY_FILTER", "filter.max_minutes",
                            [](Accounts& r) { r.mutable_filter()->set_max_minutes(10); }),
      BadQuestion<Resources>("MentorsAmongResources", "CONTRADICTORY_FILTER", "filter.mentors_only",
                             [](Resources& r) { r.mutable_filter()->set_mentors_only(true); }),
      BadQuestion<Resources>("BeforeNotAfterAfter", "CONTRADICTORY_FILTER", "filter.published.before",
                             [](Resources& r) { Bound(r.mutable_filter(), 1'700'000'000, 1'700'000'000); }),
      BadQuestion<Accounts>("SixtyFiveRegions", "TOO_MANY_ITEMS", "filter.regions",
                            [](Accounts& r) {
                              for (int i = 0; i < 65; ++i) r.mutable_filter()->add_regions("GB");
                            }),
      BadQuestion<Accounts>("AMalformedPageToken", "PAGE_TOKEN_INVALID", "page_token",
                            [](Accounts& r) { r.set_page_token("not a token"); }),
      BadQuestion<Accounts>("AMalformedRevision", "FIELD_OUT_OF_RANGE", "min_revision",
                            [](Accounts& r) { r.set_min_revision("not a revision"); }),
      BadQuestion<Accounts>("ALongExperiment", "FIELD_TOO_LONG", "experiment",
                            [](Accounts& r) { r.set_experiment(std::string(65, 'e')); }),
  };
}

}  // namespace staffroom
