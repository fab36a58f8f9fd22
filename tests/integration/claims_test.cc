// The checker must be able to fail: for every kind of reason a true one is told, accepted, and then made false by changing one
// record or one word, and the complaint must have the right name. A checker that accepts everything fails every line here.
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "tests/integration/reason_checker.h"
#include "tests/integration/result_rules.h"
#include "tests/integration/story.h"

namespace staffroom {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const absl::Time kYesterday = kNow - absl::Hours(24);

// Ida asks. Noor and Cem share with her what each kind of reason is about; Mo, whom she follows, follows both.
Story Everything() {
  Story story;
  for (const std::string id : {"ida", "noor", "mo"}) {
    v1::Account& account = story.Account(id);
    account.set_region("GB-SHF");
    account.add_interests("Fractions");
    account.add_subjects("mathematics");
    account.add_grade_bands(v1::GradeBand::PRIMARY);
    account.mutable_mentor_offer()->set_weekly_capacity(1);
    account.mutable_create_time()->set_seconds(absl::ToUnixSeconds(kNow - absl::Hours(24 * 200)));
  }
  story.Account("trust", v1::Account::ORGANIZATION);
  for (const std::string id : {"ann", "bea", "cem", "dov", "eve"}) {
    story.Account(id);
    story.Act(id, v1::Interaction::FOLLOW, AccountThing("noor"), kYesterday);
    story.Act(id, v1::Interaction::READ, ResourceThing("strips"), kYesterday);
  }
  story.Post("question", "ida");
  story.Post("musing", "noor").add_tags("halves");
  v1::Resource& strips = story.Resource("strips", "noor");
  strips.set_publisher_id("trust");
  strips.add_tags("fractions");
  strips.add_subjects("Mathematics");
  strips.add_grade_bands(v1::GradeBand::PRIMARY);
  strips.mutable_publish_time()->set_seconds(absl::ToUnixSeconds(kYesterday));
  story.Resource("tiles");
  for (const std::string id : {"ida", "noor", "mo"}) {
    story.Act(id, v1::Interaction::JOIN, AccountThing("trust"), kYesterday);
    story.Act(id, v1::Interaction::SAVE, ResourceThing("tiles"), kYesterday);
  }
  story.Act("mo", v1::Interaction::SAVE, ResourceThing("strips"), kYesterday);
  story.Act("ida", v1::Interaction::FOLLOW, AccountThing("mo"), kYesterday);
  story.Act("mo", v1::Interaction::FOLLOW, AccountThing("noor"), kYesterday);
  story.Act("noor", v1::Interaction::FOLLOW, AccountThing("ida"), kYesterday);
  story.Act("noor", v1::Interaction::REPLY, PostThing("question"), kYesterday);
  return story;
}

v1::Account& AccountIn(Story& story, const std::string& id) {
  for (v1::ImportRecord& record : story.records()) {
    if (record.account().id() == id) return *record.mutable_account();
  }
  ADD_FAILURE() << "no account " << id;
  return story.Account(id);
}

v1::Resource& ResourceIn(Story& story, const std::string& id) {
  for (v1::ImportRecord& record : story.records()) {
    if (record.resource().id() == id) return *record.mutable_resource();
  }
  ADD_FAILURE() << "no resource " << id;
  return story.Resource(id);
}

// Leaves out one record, as a store that lost it would.
void Forget(Story& story, const std::string& actor, v1::Interaction::Kind kind, const Thing& target) {
  const size_t erased = std::erase_if(story.records(), [&](const v1::ImportRecord& record) {
    const v1::Interaction& act = record.interaction();
    return record.has_interaction() && act.actor_id() == actor && act.kind() == kind &&
           act.account_id() + act.post_id() + act.resource_id() == target.id;
  });
  EXPECT_EQ(erased, 1u) << actor << " " << v1::Interaction::Kind_Name(kind) << " " << Describe(target);
}

v1::Reason Parse(const std::string& text) {
  v1::Reason reason;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &reason)) << text;
  return reason;
}

std::vector<Complaint> Judge(Story& story, const Thing& candidate, const v1::Reason& reason) {
  google::protobuf::RepeatedPtrField<v1::Result> results;
  v1::Result& result = *results.Add();
  if (candidate.kind == v1::ItemKind::ACCOUNT) {
    result.mutable_item()->set_account_id(candidate.id);
  } else {
    result.mutable_item()->set_resource_id(candidate.id);
  }
  *result.add_reasons() = reason;
  return CheckAnswer(Community(story.records(), kNow), {"ida", kNow}, results);
}

struct Untruth {
  std::string name;
  Thing candidate;
  std::string reason;  // true as the story stands
  std::function<void(Story&, v1::Reason&)> spoil;
  std::string rule;  // what must be complained of then
};

void PrintTo(const Untruth& untruth, std::ostream* os) {
  *os << untruth.reason << " of " << Describe(untruth.candidate);
}

class Claims : public ::testing::TestWithParam<Untruth> {};

TEST_P(Claims, AreAcceptedWhileTrueAndNamedWhenNot) {
  const Untruth& untruth = GetParam();
  Story story = Everything();
  v1::Reason reason = Parse(untruth.reason);
  ASSERT_THAT(Judge(story, untruth.candidate, reason), IsEmpty()) << "before anything was changed";
  untruth.spoil(story, reason);
  EXPECT_THAT(Judge(story, untruth.candidate, reason), Contains(Field(&Complaint::rule, untruth.rule)));
}

const Thing kNoor = AccountThing("noor");
const Thing kStrips = ResourceThing("strips");
constexpr char kFollowedBy[] = "kind: FOLLOWED_BY_PEOPLE_YOU_FOLLOW account_ids: 'mo'";
constexpr char kFollowsYou[] = "kind: FOLLOWS_YOU account_ids: 'noor'";
constexpr char kReplied[] = "kind: REPLIED_TO_YOU account_ids: 'noor'";
constexpr char kShares[] = "kind: SHARES_INTERESTS topic: 'fractions'";
constexpr char kSameClasses[] = "kind: SAME_SUBJECT_AND_GRADE topic: 'mathematics'";
constexpr char kEngaged[] = "kind: ENGAGED_BY_SIMILAR_TEACHERS resource_ids: 'tiles'";
constexpr char kSimilar[] = "kind: SIMILAR_TO resource_ids: 'tiles'";
constexpr char kSameOrganization[] = "kind: SAME_ORGANIZATION account_ids: 'trust'";
constexpr char kInvited[] = "kind: INVITED_BY_ORGANIZATION account_ids: 'trust'";
constexpr char kNearby[] = "kind: NEARBY topic: 'GB'";
constexpr char kMentors[] = "kind: OFFERS_MENTORING account_ids: 'noor'";

INSTANTIATE_TEST_SUITE_P(
    OfEdges, Claims,
    ::testing::Values(
        Untruth{"FollowedByALostFollow", kNoor, kFollowedBy,
                [](Story& story, v1::Reason&) { Forget(story, "mo", v1::Interaction::FOLLOW, kNoor); },
                "FOLLOWED_BY_PEOPLE_YOU_FOLLOW.does_not_follow_candidate"},
        Untruth{"FollowedByAStranger", kNoor, kFollowedBy,
                [](Story& story, v1::Reason&) { Forget(story, "ida", v1::Interaction::FOLLOW, AccountThing("mo")); },
                "FOLLOWED_BY_PEOPLE_YOU_FOLLOW.asker_does_not_follow"},
        Untruth{"FollowedByAFollowTakenBack", kNoor, kFollowedBy,
                [](Story& story, v1::Reason&) { story.TakeBack("mo", v1::Interaction::FOLLOW, kNoor, kNow); },
                "FOLLOWED_BY_PEOPLE_YOU_FOLLOW.does_not_follow_candidate"},
        Untruth{"FollowedByAWrongCount", kNoor, kFollowedBy, [](Story&, v1::Reason& reason) { reason.set_count(6); },
                "FOLLOWED_BY_PEOPLE_YOU_FOLLOW.wrong_count"},
        Untruth{"FollowedByOneWhoHidesIt", kNoor, kFollowedBy,
                [](Story& story, v1::Reason&) { AccountIn(story, "mo").set_follows_visibility(v1::Account::HIDDEN); },
                "FOLLOWED_BY_PEOPLE_YOU_FOLLOW.names_hidden_follows"},
        Untruth{"FollowedByOneNeverShown", kNoor, kFollowedBy,
                [](Story& story, v1::Reason&) { AccountIn(story, "mo").set_exposure(v1::Account::NOBODY); },
                "FOLLOWED_BY_PEOPLE_YOU_FOLLOW.names_exposure"},
        Untruth{"FollowedByOneWhoBlockedTheAsker", kNoor, kFollowedBy,
                [](Story& story, v1::Reason&) { story.Act("mo", v1::Interaction::BLOCK, AccountThing("ida"), kNow); },
                "FOLLOWED_BY_PEOPLE_YOU_FOLLOW.names_block"},
        Untruth{"FollowedByOneWhomTheCandidateReported", kNoor, kFollowedBy,
                [](Story& story, v1::Reason&) { story.Act("noor", v1::Interaction::REPORT, AccountThing("mo"), kNow); },
                "FOLLOWED_BY_PEOPLE_YOU_FOLLOW.crosses_block"},
        Untruth{"FollowedByOneWhomTheAskerMuted", kNoor, kFollowedBy,
                [](Story& story, v1::Reason&) { story.Act("ida", v1::Interaction::MUTE, AccountThing("mo"), kNow); },
                "FOLLOWED_BY_PEOPLE_YOU_FOLLOW.names_mute"},
        Untruth{"FollowedByOneSuspended", kNoor, kFollowedBy,
                [](Story& story, v1::Reason&) { AccountIn(story, "mo").set_state(v1::ModerationState::SUSPENDED); },
                "FOLLOWED_BY_PEOPLE_YOU_FOLLOW.names_state"},
        Untruth{"FollowsYouWithoutAFollow", kNoor, kFollowsYou,
                [](Story& story, v1::Reason&) { Forget(story, "noor", v1::Interaction::FOLLOW, AccountThing("ida")); },
                "FOLLOWS_YOU.not_true"},
        Untruth{"FollowsYouOfOneWhoHidesIt", kNoor, kFollowsYou,
                [](Story& story, v1::Reason&) { AccountIn(story, "noor").set_follows_visibility(v1::Account::HIDDEN); },
                "FOLLOWS_YOU.names_hidden_follows"},
        Untruth{"FollowsYouOfAnother", kNoor, kFollowsYou,
                [](Story&, v1::Reason& reason) { reason.set_account_ids(0, "mo"); }, "FOLLOWS_YOU.names_another"},
        Untruth{"RepliedWithoutAReply", kNoor, kReplied,
                [](Story& story, v1::Reason&) { Forget(story, "noor", v1::Interaction::REPLY, PostThing("question")); },
                "REPLIED_TO_YOU.not_true"},
        Untruth{"RepliedOfOneWhoHidesIt", kNoor, kReplied,
                [](Story& story, v1::Reason&) { AccountIn(story, "noor").set_follows_visibility(v1::Account::HIDDEN); },
                "REPLIED_TO_YOU.names_hidden_follows"},
        Untruth{"SameOrganizationAfterLeaving", kNoor, kSameOrganization,
                [](Story& story, v1::Reason&) { Forget(story, "noor", v1::Interaction::JOIN, AccountThing("trust")); },
                "SAME_ORGANIZATION.candidate_not_a_member"},
        Untruth{"SameOrganizationOfNoMember", kNoor, kSameOrganization,
                [](Story& story, v1::Reason&) { Forget(story, "ida", v1::Interaction::JOIN, AccountThing("trust")); },
                "SAME_ORGANIZATION.asker_not_a_member"},
        Untruth{"InvitedByWhoDidNotBringIt", kStrips, kInvited,
                [](Story& story, v1::Reason&) { ResourceIn(story, "strips").clear_publisher_id(); },
                "INVITED_BY_ORGANIZATION.not_true"},
        Untruth{"MentoringWithoutRoom", kNoor, kMentors,
                [](Story& story, v1::Reason&) {
                  story.Act("noor", v1::Interaction::MENTOR_ACCEPT, AccountThing("ann"), kYesterday);
                },
                "OFFERS_MENTORING.no_room"},
        Untruth{"EmergingWithMoreFollowersThanThereAre", kNoor, "kind: EMERGING_VOICE account_ids: 'noor' count: 6",
                [](Story&, v1::Reason& reason) { reason.set_count(7); }, "EMERGING_VOICE.wrong_count"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OfWordsAndUse, Claims,
    ::testing::Values(
        Untruth{"InterestTheAskerLacks", kNoor, kShares,
                [](Story& story, v1::Reason&) { AccountIn(story, "ida").clear_interests(); },
                "SHARES_INTERESTS.not_an_interest_of_the_asker"},
        Untruth{"InterestTheCandidateLacks", kStrips, kShares,
                [](Story& story, v1::Reason&) { ResourceIn(story, "strips").clear_tags(); },
                "SHARES_INTERESTS.not_of_the_candidate"},
        Untruth{"InterestOfOneNotProfiled", kNoor, kShares,
                [](Story& story, v1::Reason&) { AccountIn(story, "noor").set_profiling(v1::Account::OFF); },
                "SHARES_INTERESTS.candidate_not_profiled"},
        Untruth{"InterestForOneNotProfiled", kNoor, kShares,
                [](Story& story, v1::Reason&) { AccountIn(story, "ida").set_profiling(v1::Account::OFF); },
                "SHARES_INTERESTS.asker_not_profiled"},
        Untruth{"PostsAboutSomethingElse", kNoor, "kind: POSTS_ABOUT topic: 'Halves'",
                [](Story&, v1::Reason& reason) { reason.set_topic("thirds"); }, "POSTS_ABOUT.not_true"},
        Untruth{"SubjectTheCandidateLacks", kStrips, kSameClasses,
                [](Story& story, v1::Reason&) { ResourceIn(story, "strips").clear_subjects(); },
                "SAME_SUBJECT_AND_GRADE.not_a_subject_of_the_candidate"},
        Untruth{"SubjectWithoutAGradeInCommon", kNoor, kSameClasses,
                [](Story& story, v1::Reason&) { AccountIn(story, "noor").set_grade_bands(0, v1::GradeBand::HIGHER); },
                "SAME_SUBJECT_AND_GRADE.no_grade_in_common"},
        Untruth{"NearbyAcrossTheSea", kNoor, kNearby,
                [](Story& story, v1::Reason&) { AccountIn(story, "noor").set_region("IE-D"); },
                "NEARBY.candidate_is_elsewhere"},
        Untruth{"EngagedWithWhatTheAskerNeverUsed", kStrips, kEngaged,
                [](Story& story, v1::Reason&) { Forget(story, "ida", v1::Interaction::SAVE, ResourceThing("tiles")); },
                "ENGAGED_BY_SIMILAR_TEACHERS.asker_did_not_use"},
        Untruth{"EngagedByNobody", kStrips, kEngaged,
                [](Story& story, v1::Reason&) { Forget(story, "mo", v1::Interaction::SAVE, kStrips); },
                "ENGAGED_BY_SIMILAR_TEACHERS.nobody_did"},
        Untruth{"EngagedByAQuietTeacherOnly", kStrips, kEngaged,
                [](Story& story, v1::Reason&) {
                  AccountIn(story, "mo").set_exposure(v1::Account::NOBODY);
                  AccountIn(story, "mo").set_follows_visibility(v1::Account::HIDDEN);
                },
                "ENGAGED_BY_SIMILAR_TEACHERS.nobody_did"},
        Untruth{"EngagedAndDidNot", kNoor, kEngaged,
                [](Story& story, v1::Reason&) { Forget(story, "noor", v1::Interaction::SAVE, ResourceThing("tiles")); },
                "ENGAGED_BY_SIMILAR_TEACHERS.candidate_did_not_use"},
        Untruth{"EngagedWithATooLargeCount", kStrips, kEngaged, [](Story&, v1::Reason& reason) { reason.set_count(5); },
                "ENGAGED_BY_SIMILAR_TEACHERS.wrong_count"},
        Untruth{"SimilarToWhatTheAskerDidNotSave", kStrips, kSimilar,
                [](Story& story, v1::Reason&) { Forget(story, "ida", v1::Interaction::SAVE, ResourceThing("tiles")); },
                "SIMILAR_TO.asker_did_not_choose"},
        Untruth{"NewSinceHalfAYear", kStrips, "kind: NEW",
                [](Story& story, v1::Reason&) {
                  ResourceIn(story, "strips")
                      .mutable_publish_time()
                      ->set_seconds(absl::ToUnixSeconds(kNow - absl::Hours(24 * 180)));
                },
                "NEW.not_true"},
        Untruth{"PopularWithFour", kStrips, "kind: POPULAR",
                [](Story& story, v1::Reason&) {
                  Forget(story, "ann", v1::Interaction::READ, kStrips);
                  Forget(story, "bea", v1::Interaction::READ, kStrips);
                  story.Act("cem", v1::Interaction::LIKE, kStrips, kYesterday);  // five acts, of four people
                },
                "POPULAR.not_true"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    InForm, Claims,
    ::testing::Values(
        Untruth{"FourNames", kNoor, kFollowedBy,
                [](Story&, v1::Reason& reason) {
                  for (const char* id : {"ann", "bea", "cem"}) reason.add_account_ids(id);
                },
                "reason.ids"},
        Untruth{"OneNameTwice", kNoor, kFollowedBy, [](Story&, v1::Reason& reason) { reason.add_account_ids("mo"); },
                "reason.ids_twice"},
        Untruth{"ACountBelowFive", kNoor, kFollowedBy, [](Story&, v1::Reason& reason) { reason.set_count(1); },
                "reason.small_count"},
        Untruth{"ANumberInTheText", kNoor, kFollowedBy,
                [](Story&, v1::Reason& reason) { reason.set_text("Followed by 1 person whom you follow."); },
                "reason.number_in_text"},
        Untruth{"ANumberWordInTheText", kNoor, kFollowedBy,
                [](Story&, v1::Reason& reason) { reason.set_text("Followed by Mo and two others."); },
                "reason.number_in_text"},
        Untruth{"ANameOfSomebodyElseInTheText", kNoor, kFollowedBy,
                [](Story& story, v1::Reason& reason) {
                  AccountIn(story, "trust").set_display_name("Steelbrook Trust");
                  reason.set_text("Followed by the people of Steelbrook Trust.");
                },
                "reason.name_in_text"},
        Untruth{"ATopicThatDoesNotBelong", kNoor, kFollowsYou,
                [](Story&, v1::Reason& reason) { reason.set_topic("fractions"); }, "reason.topic"},
        Untruth{"NoTopic", kNoor, kNearby, [](Story&, v1::Reason& reason) { reason.clear_topic(); }, "reason.topic"},
        Untruth{"AnUnknownKind", kStrips, "kind: NEW",
                [](Story&, v1::Reason& reason) { reason.set_kind(static_cast<v1::Reason::Kind>(99)); }, "reason.kind"},
        Untruth{"MatchesASearchThatNobodyMade", kStrips, "kind: NEW",
                [](Story&, v1::Reason& reason) {
                  reason.set_kind(v1::Reason::MATCHES_SEARCH);
                  reason.set_topic("fractions");
                },
                "MATCHES_SEARCH.no_search"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace staffroom
