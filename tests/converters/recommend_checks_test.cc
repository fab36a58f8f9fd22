#include "service/converters/recommend_checks.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/converters/field_checks.h"
#include "staffroom/v1/recommend.pb.h"
#include "storage/records.pb.h"
#include "tests/converters/messages.h"

namespace staffroom {
namespace {

template <typename Request>
Refusal Check(const Request& request, storage::ItemKind wanted) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  CheckRecommend(request, wanted, checks);
  return RefusalOf(errors.ToStatus());
}

Refusal Accounts(const std::string& text) {
  return Check(Parse<v1::RecommendAccountsRequest>(absl::StrCat("account_id: 'ada' ", text)), storage::ITEM_ACCOUNT);
}

Refusal Resources(const std::string& text) {
  return Check(Parse<v1::RecommendResourcesRequest>(absl::StrCat("account_id: 'ada' ", text)), storage::ITEM_RESOURCE);
}

std::string Repeated(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) absl::StrAppend(&repeated, text, " ");
  return repeated;
}

const Refusal kFine{};

TEST(Recommend, NeedsSomebodyWhoAsks) {
  EXPECT_EQ(Check(v1::RecommendAccountsRequest(), storage::ITEM_ACCOUNT), Refused(reason::kFieldRequired, "asker"));
  EXPECT_EQ(Check(Parse<v1::RecommendAccountsRequest>("account_id: ''"), storage::ITEM_ACCOUNT),
            Refused(reason::kFieldRequired, "account_id"));
  EXPECT_EQ(Check(Parse<v1::RecommendAccountsRequest>("profile {}"), storage::ITEM_ACCOUNT),
            Refused(reason::kFieldRequired, "profile"));
  EXPECT_EQ(Check(Parse<v1::RecommendAccountsRequest>("profile { region: 'GB' }"), storage::ITEM_ACCOUNT), kFine);
  EXPECT_EQ(Check(Parse<v1::RecommendAccountsRequest>("profile { interests: '' }"), storage::ITEM_ACCOUNT),
            Refused(reason::kFieldRequired, "profile.interests[0]"));
}

TEST(Recommend, KeepsItsLimits) {
  EXPECT_EQ(Accounts("count: -1"), Refused(reason::kFieldOutOfRange, "count"));
  EXPECT_EQ(Accounts("count: 500"), kFine);
  EXPECT_EQ(Accounts("count: 501"), Refused(reason::kFieldOutOfRange, "count"));
  EXPECT_EQ(Accounts("diversity: 1.5"), Refused(reason::kFieldOutOfRange, "diversity"));
  EXPECT_EQ(Accounts("exploration: -0.1"), Refused(reason::kFieldOutOfRange, "exploration"));
  EXPECT_EQ(Accounts("emerging_share: nan"), Refused(reason::kFieldOutOfRange, "emerging_share"));
  EXPECT_EQ(Accounts("diversity: 0 exploration: 1"), kFine);
  EXPECT_EQ(Accounts(absl::StrCat("experiment: '", std::string(65, 'x'), "'")),
            Refused(reason::kFieldTooLong, "experiment"));
  EXPECT_EQ(Accounts(absl::StrCat("variant: '", std::string(65, 'x'), "'")), Refused(reason::kFieldTooLong, "variant"));
  EXPECT_EQ(Accounts("view: 3"), Refused(reason::kEnumUnknown, "view"));
}

TEST(Recommend, KeepsTheLimitsOfNamedThings) {
  EXPECT_EQ(Accounts(Repeated("exclude { post_id: 'x' }", 1000)), kFine);
  EXPECT_EQ(Accounts(Repeated("exclude { post_id: 'x' }", 1001)), Refused(reason::kTooManyItems, "exclude"));
  EXPECT_EQ(Accounts(Repeated("liked { post_id: 'x' }", 101)), Refused(reason::kTooManyItems, "liked"));
  EXPECT_EQ(Accounts(Repeated("disliked { post_id: 'x' }", 101)), Refused(reason::kTooManyItems, "disliked"));
  EXPECT_EQ(Accounts("exclude { account_id: 'bo' } exclude {}"), Refused(reason::kFieldRequired, "exclude[1].item"));
  EXPECT_EQ(Accounts("liked { resource_id: '' }"), Refused(reason::kFieldRequired, "liked[0].resource_id"));
}

TEST(Filter, KeepsItsLimits) {
  EXPECT_EQ(Accounts("filter { account_kinds: 4 }"), Refused(reason::kEnumUnknown, "filter.account_kinds[0]"));
  EXPECT_EQ(Accounts("filter { account_kinds: 0 }"), Refused(reason::kEnumUnknown, "filter.account_kinds[0]"));
  EXPECT_EQ(Accounts("filter { subjects: '' }"), Refused(reason::kFieldRequired, "filter.subjects[0]"));
  EXPECT_EQ(Accounts("filter { grade_bands: 99 }"), Refused(reason::kEnumUnknown, "filter.grade_bands[0]"));
  EXPECT_EQ(Accounts("filter { languages: 'e n' }"), Refused(reason::kFieldOutOfRange, "filter.languages[0]"));
  EXPECT_EQ(Accounts("filter { regions: '' }"), Refused(reason::kFieldRequired, "filter.regions[0]"));
  EXPECT_EQ(Accounts(absl::StrCat("filter { ", Repeated("regions: 'GB'", 65), "}")),
            Refused(reason::kTooManyItems, "filter.regions"));
  EXPECT_EQ(Accounts(absl::StrCat("filter { tags { ", Repeated("any: 'x'", 65), "} }")),
            Refused(reason::kTooManyItems, "filter.tags.any"));
  EXPECT_EQ(Resources("filter { max_minutes: -1 }"), Refused(reason::kFieldOutOfRange, "filter.max_minutes"));
  EXPECT_EQ(Accounts("filter { follower_count { min: -1 } }"),
            Refused(reason::kFieldOutOfRange, "filter.follower_count.min"));
  EXPECT_EQ(Resources("filter { published { after { nanos: -1 } } }"),
            Refused(reason::kFieldOutOfRange, "filter.published.after"));
}

TEST(Filter, RefusesPartsThatExcludeEachOther) {
  EXPECT_EQ(Accounts("filter { follower_count { min: 5 max: 4 } }"),
            Refused(reason::kContradictoryFilter, "filter.follower_count.max"));
  EXPECT_EQ(Accounts("filter { follower_count { min: 5 max: 5 } }"), kFine);
  EXPECT_EQ(Resources("filter { published { after { seconds: 1600000000 } before { seconds: 1600000000 } } }"),
            Refused(reason::kContradictoryFilter, "filter.published.before"));
  EXPECT_EQ(Resources("filter { published { after { seconds: 1600000000 } before { seconds: 1600000001 } } }"), kFine);
  EXPECT_EQ(Accounts("filter { tags { any: 'Chess' none: ['maths', ' CHESS'] } }"),
            Refused(reason::kContradictoryFilter, "filter.tags.none[1]"));
  EXPECT_EQ(Accounts("filter { tags { all: '\xC3\x84rger' none: 'a\xCC\x88rger' } }"),
            Refused(reason::kContradictoryFilter, "filter.tags.none[0]"));
  EXPECT_EQ(Accounts("filter { tags { any: 'chess' all: 'chess' none: 'maths' } }"), kFine);
}

TEST(Filter, RefusesPartsThatCannotConcernWhatIsWanted) {
  EXPECT_EQ(Accounts("filter { max_minutes: 5 }"), Refused(reason::kContradictoryFilter, "filter.max_minutes"));
  EXPECT_EQ(Accounts("filter { resource_kinds: BOOK }"),
            Refused(reason::kContradictoryFilter, "filter.resource_kinds"));
  EXPECT_EQ(Accounts("filter { published { after { seconds: 1 } } }"),
            Refused(reason::kContradictoryFilter, "filter.published"));
  EXPECT_EQ(Resources("filter { account_kinds: TEACHER }"),
            Refused(reason::kContradictoryFilter, "filter.account_kinds"));
  EXPECT_EQ(Resources("filter { regions: 'GB' }"), Refused(reason::kContradictoryFilter, "filter.regions"));
  EXPECT_EQ(Resources("filter { follower_count { min: 1 } }"),
            Refused(reason::kContradictoryFilter, "filter.follower_count"));
  EXPECT_EQ(Resources("filter { mentors_only: true }"), Refused(reason::kContradictoryFilter, "filter.mentors_only"));
  EXPECT_EQ(Accounts("filter { account_kinds: TEACHER regions: 'GB' mentors_only: true follower_count { min: 1 } }"),
            kFine);
  EXPECT_EQ(Resources("filter { resource_kinds: BOOK max_minutes: 5 }"), kFine);
}

}  // namespace
}  // namespace staffroom
