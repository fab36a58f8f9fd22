#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/reason_checker.h"
#include "tests/integration/result_rules.h"
#include "tests/integration/story.h"

namespace staffroom {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const absl::Time kLastWeek = kNow - absl::Hours(24 * 7);
const Thing kNoor = AccountThing("noor");
const Thing kStrips = ResourceThing("strips");

Story TwoTeachersAndAResource() {
  Story story;
  story.Account("ida").set_display_name("Ida");
  story.Account("noor").set_display_name("Noor");
  story.Resource("strips", "noor").set_title("Strips");
  return story;
}

v1::Result ResultOf(const Thing& thing) {
  v1::Result result;
  if (thing.kind == v1::ItemKind::ACCOUNT) {
    result.mutable_item()->set_account_id(thing.id);
    result.mutable_summary()->set_display_name("Noor");
  } else {
    result.mutable_item()->set_resource_id(thing.id);
    result.mutable_summary()->set_title("Strips");
  }
  return result;
}

std::vector<std::string> Rules(Story& story, const std::vector<v1::Result>& results) {
  google::protobuf::RepeatedPtrField<v1::Result> answer(results.begin(), results.end());
  std::vector<std::string> rules;
  for (const Complaint& complaint : CheckResults(Community(story.records(), kNow), {"ida", kNow}, answer)) {
    rules.push_back(complaint.rule);
  }
  return rules;
}

TEST(ResultRules, AcceptAColleagueAndHerResource) {
  Story story = TwoTeachersAndAResource();
  EXPECT_THAT(Rules(story, {ResultOf(kNoor), ResultOf(kStrips)}), IsEmpty());
}

TEST(ResultRules, NameTheFilterThatShouldHaveDroppedAnAccount) {
  const std::vector<std::pair<v1::Interaction::Kind, std::string>> kinds = {
      {v1::Interaction::FOLLOW, "result.followed"},
      {v1::Interaction::MUTE, "result.mute"},
      {v1::Interaction::BLOCK, "result.block"},
      {v1::Interaction::DISMISS, "result.dismissed"}};
  for (const auto& [kind, rule] : kinds) {
    Story story = TwoTeachersAndAResource();
    story.Act("ida", kind, kNoor, kLastWeek);
    EXPECT_THAT(Rules(story, {ResultOf(kNoor)}), ElementsAre(rule));
  }
}

TEST(ResultRules, NameTheFilterThatShouldHaveDroppedAResource) {
  const std::vector<std::pair<v1::Interaction::Kind, std::string>> kinds = {
      {v1::Interaction::READ, "result.read"},
      {v1::Interaction::SAVE, "result.saved"},
      {v1::Interaction::LIKE, "result.liked"},
      {v1::Interaction::DISMISS, "result.dismissed"},
      {v1::Interaction::REPORT, "result.reported"}};
  for (const auto& [kind, rule] : kinds) {
    Story story = TwoTeachersAndAResource();
    story.Act("ida", kind, kStrips, kLastWeek);
    EXPECT_THAT(Rules(story, {ResultOf(kStrips)}), Contains(rule));
  }
}

TEST(ResultRules, LetViewsAndClicksPass) {
  Story story = TwoTeachersAndAResource();
  story.Act("ida", v1::Interaction::VIEW, kStrips, kLastWeek);
  story.Act("ida", v1::Interaction::CLICK, kNoor, kLastWeek);
  EXPECT_THAT(Rules(story, {ResultOf(kNoor), ResultOf(kStrips)}), IsEmpty());
}

TEST(ResultRules, HideTheThingsOfWhomTheAskerBlockedOrWhoBlockedTheAsker) {
  Story blocks = TwoTeachersAndAResource();
  blocks.Act("ida", v1::Interaction::BLOCK, kNoor, kLastWeek);
  EXPECT_THAT(Rules(blocks, {ResultOf(kStrips)}), ElementsAre("result.block"));
  Story blocked = TwoTeachersAndAResource();
  blocked.Act("noor", v1::Interaction::BLOCK, AccountThing("ida"), kLastWeek);
  EXPECT_THAT(Rules(blocked, {ResultOf(kStrips)}), ElementsAre("result.block"));
}

TEST(ResultRules, TakeAReportOfAResourceForABlockOfItsAuthor) {
  Story story = TwoTeachersAndAResource();
  story.Act("ida", v1::Interaction::REPORT, kStrips, kLastWeek);
  EXPECT_THAT(Rules(story, {ResultOf(kNoor)}), ElementsAre("result.block"));
}

TEST(ResultRules, RememberAnUnfollowForNinetyDays) {
  Story lately = TwoTeachersAndAResource();
  lately.TakeBack("ida", v1::Interaction::FOLLOW, kNoor, kNow - absl::Hours(24 * 89));
  EXPECT_THAT(Rules(lately, {ResultOf(kNoor)}), ElementsAre("result.lately_unfollowed"));
  Story long_ago = TwoTeachersAndAResource();
  long_ago.TakeBack("ida", v1::Interaction::FOLLOW, kNoor, kNow - absl::Hours(24 * 91));
  EXPECT_THAT(Rules(long_ago, {ResultOf(kNoor)}), IsEmpty());
}

TEST(ResultRules, NameStrangersTheAskerAndItsOwnThings) {
  Story story = TwoTeachersAndAResource();
  story.Resource("own", "ida").set_title("Strips");
  EXPECT_THAT(Rules(story, {ResultOf(AccountThing("nobody"))}), Contains("result.unknown"));
  EXPECT_THAT(Rules(story, {ResultOf(AccountThing("ida"))}), Contains("result.self"));
  EXPECT_THAT(Rules(story, {ResultOf(ResourceThing("own"))}), ElementsAre("result.self"));
}

TEST(ResultRules, NameRepeatsRisingScoresAndFalseNames) {
  Story story = TwoTeachersAndAResource();
  EXPECT_THAT(Rules(story, {ResultOf(kNoor), ResultOf(kNoor)}), ElementsAre("result.twice"));
  v1::Result better = ResultOf(kStrips);
  better.set_score(0.5f);
  EXPECT_THAT(Rules(story, {ResultOf(kNoor), better}), ElementsAre("result.score"));
  v1::Result renamed = ResultOf(kNoor);
  renamed.mutable_summary()->set_display_name("Somebody");
  EXPECT_THAT(Rules(story, {renamed}), ElementsAre("result.summary"));
}

TEST(ResultRules, TellPersonalReasonsFromGeneralOnes) {
  v1::Reason reason;
  reason.set_kind(v1::Reason::FOLLOWS_YOU);
  EXPECT_TRUE(IsPersonal(reason));
  reason.set_kind(v1::Reason::POPULAR);
  EXPECT_FALSE(IsPersonal(reason));
}

}  // namespace
}  // namespace staffroom
