#include "tests/eval/teachers_converter.h"

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/eval/small_staff.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNewest = absl::FromUnixSeconds(1'700'000'000);

// Converted records, taken apart for the eye.
struct Converted {
  std::vector<std::string> accounts;
  std::map<std::string, v1::Resource> resources;
  std::map<std::string, v1::Post> posts;
  std::vector<std::string> follows;  // "who whom"
  std::vector<std::string> replies;  // "who to-which-post"
  std::vector<std::string> shares;   // "who which-resource"
  std::vector<v1::ImportRecord> records;
};

Converted Convert(const std::vector<TeacherPost>& posts, const AccountPairs& held_back = {}) {
  Converted converted;
  converted.records = ConvertTeachers(posts, held_back, kNewest);
  for (const v1::ImportRecord& record : converted.records) {
    if (record.has_account()) converted.accounts.push_back(record.account().id());
    if (record.has_resource()) converted.resources[record.resource().id()] = record.resource();
    if (record.has_post()) converted.posts[record.post().id()] = record.post();
    if (!record.has_interaction()) continue;
    const v1::Interaction& did = record.interaction();
    if (did.kind() == v1::Interaction::FOLLOW) converted.follows.push_back(did.actor_id() + " " + did.account_id());
    if (did.kind() == v1::Interaction::REPLY) converted.replies.push_back(did.actor_id() + " " + did.post_id());
    if (did.kind() == v1::Interaction::SHARE) converted.shares.push_back(did.actor_id() + " " + did.resource_id());
  }
  return converted;
}

AccountPairs Pairs(const std::string& one, const std::string& other) {
  AccountPairs pairs;
  pairs.Add(one, other);
  return pairs;
}

TEST(ConvertTeachers, MakesEveryAuthorOneTeacherBeforeAllElse) {
  const Converted converted = Convert({PostBy("ana", "p1", 0), PostBy("ben", "p2", 1), PostBy("ana", "p3", 2)});
  EXPECT_THAT(converted.accounts, ElementsAre("ana", "ben"));
  EXPECT_EQ(converted.records[0].account().kind(), v1::Account::TEACHER);
  EXPECT_TRUE(converted.records[1].has_account());
}

TEST(ConvertTeachers, MovesAllTimesSoThatTheNewestIsWhereItShouldBe) {
  const Converted converted = Convert({PostBy("ana", "p1", 0), PostBy("ana", "p2", 30)});
  EXPECT_EQ(converted.posts.at("p2").create_time().seconds(), absl::ToUnixSeconds(kNewest));
  EXPECT_EQ(converted.posts.at("p1").create_time().seconds(), absl::ToUnixSeconds(kNewest - absl::Minutes(30)));
  EXPECT_EQ(converted.records[0].account().create_time().seconds(), absl::ToUnixSeconds(kNewest - absl::Minutes(30)));
}

TEST(ConvertTeachers, LetsAReplyFollowTheAuthorAndAnswerItsLatestEarlierPost) {
  const Converted converted = Convert({PostBy("ana", "p1", 0), ReplyBy("ana", "p2", 1, "ana", "p1"),
                                       ReplyBy("ben", "p3", 2, "ana", "p1"), ReplyBy("ana", "p4", 3, "ana", "p1")});
  EXPECT_THAT(converted.follows, ElementsAre("ben ana"));
  EXPECT_THAT(converted.replies, ElementsAre("ben p2"));
  EXPECT_EQ(converted.posts.at("p3").in_reply_to(), "p2");
  EXPECT_EQ(converted.posts.at("p3").conversation_id(), "p1");
}

TEST(ConvertTeachers, AnswersTheRootWhenTheAuthorSaidNothingInTheConversation) {
  const Converted converted =
      Convert({PostBy("ana", "p1", 0), PostBy("cem", "p2", 1), ReplyBy("ben", "p3", 2, "cem", "p1")});
  EXPECT_THAT(converted.follows, ElementsAre("ben cem"));
  EXPECT_THAT(converted.replies, ElementsAre("ben p1"));
  EXPECT_EQ(converted.posts.at("p3").in_reply_to(), "p1");
}

TEST(ConvertTeachers, OnlyFollowsWhenTheRootIsNotInTheData) {
  const Converted converted = Convert({PostBy("ana", "p1", 0), ReplyBy("ben", "p2", 1, "ana", "lost")});
  EXPECT_THAT(converted.follows, ElementsAre("ben ana"));
  EXPECT_THAT(converted.replies, IsEmpty());
  EXPECT_EQ(converted.posts.at("p2").in_reply_to(), "");
}

TEST(ConvertTeachers, TakesNoFollowFromAReplyToAStrangerOrToOneself) {
  const Converted converted = Convert(
      {PostBy("ana", "p1", 0), ReplyBy("ana", "p2", 1, "ana", "p1"), ReplyBy("ana", "p3", 2, "stranger", "p1")});
  EXPECT_THAT(converted.follows, IsEmpty());
  EXPECT_THAT(converted.replies, IsEmpty());
}

TEST(ConvertTeachers, FollowsOnceAtTheFirstReply) {
  const Converted converted =
      Convert({PostBy("ana", "p1", 0), ReplyBy("ben", "p2", 1, "ana", "p1"), ReplyBy("ben", "p3", 5, "ana", "p1")});
  EXPECT_THAT(converted.follows, ElementsAre("ben ana"));
  for (const v1::ImportRecord& record : converted.records) {
    if (record.interaction().kind() != v1::Interaction::FOLLOW) continue;
    EXPECT_EQ(record.interaction().event_time().seconds(), absl::ToUnixSeconds(kNewest - absl::Minutes(4)));
  }
}

TEST(ConvertTeachers, MakesALinkAResourceNamedByItsFirstPost) {
  TeacherPost first = PostBy("ana", "p1", 0);
  first.text = "Look at this https://t.co/abc123 please";
  TeacherPost second = PostBy("ben", "p2", 1);
  second.text = "So good https://t.co/abc123";
  const Converted converted = Convert({first, second});
  ASSERT_EQ(converted.resources.size(), 1u);
  const v1::Resource& resource = converted.resources.at("t.co/abc123");
  EXPECT_EQ(resource.kind(), v1::Resource::ARTICLE);
  EXPECT_EQ(resource.title(), "Look at this please");
  EXPECT_EQ(resource.url(), "https://t.co/abc123");
  EXPECT_THAT(converted.shares, ElementsAre("ana t.co/abc123", "ben t.co/abc123"));
  EXPECT_THAT(converted.posts.at("p2").resource_ids(), ElementsAre("t.co/abc123"));
}

// Everything that the records say about a pair of accounts.
std::vector<std::string> TracesOf(const Converted& converted, const std::string& one, const std::string& other) {
  std::vector<std::string> traces;
  const auto between = [&](const std::string& actor, const std::string& target) {
    return (actor == one && target == other) || (actor == other && target == one);
  };
  for (const v1::ImportRecord& record : converted.records) {
    const v1::Interaction& did = record.interaction();
    if (did.has_account_id() && between(did.actor_id(), did.account_id())) traces.push_back(record.ShortDebugString());
    if (did.has_post_id() && between(did.actor_id(), converted.posts.at(did.post_id()).author_id())) {
      traces.push_back(record.ShortDebugString());
    }
  }
  for (const auto& [id, post] : converted.posts) {
    const auto answered = converted.posts.find(post.in_reply_to());
    if (answered != converted.posts.end() && between(post.author_id(), answered->second.author_id()))
      traces.push_back(id);
  }
  return traces;
}

TEST(ConvertTeachers, SaysOfAHeldBackPairInNeitherDirectionThatItSpoke) {
  const std::vector<TeacherPost> posts = {PostBy("ana", "p1", 0), ReplyBy("ben", "p2", 1, "ana", "p1"),
                                          ReplyBy("ana", "p3", 2, "ben", "p1"), ReplyBy("cem", "p4", 3, "ana", "p1")};
  ASSERT_EQ(TracesOf(Convert(posts), "ana", "ben").size(), 6u);
  const Converted converted = Convert(posts, Pairs("ana", "ben"));
  EXPECT_THAT(TracesOf(converted, "ana", "ben"), IsEmpty());
  EXPECT_EQ(converted.posts.at("p2").conversation_id(), "");
  EXPECT_EQ(converted.posts.at("p3").conversation_id(), "");
  EXPECT_EQ(converted.posts.at("p2").text(), "Words");
  EXPECT_THAT(converted.follows, ElementsAre("cem ana"));
  EXPECT_THAT(converted.replies, ElementsAre("cem p3"));
}

TEST(ConvertTeachers, DoesNotFallBackToThePostOfAHeldBackPartner) {
  const Converted converted = Convert(
      {PostBy("ana", "p1", 0), PostBy("cem", "p2", 1), ReplyBy("ben", "p3", 2, "cem", "p1")}, Pairs("ana", "ben"));
  EXPECT_THAT(TracesOf(converted, "ana", "ben"), IsEmpty());
  EXPECT_THAT(converted.follows, ElementsAre("ben cem"));
  EXPECT_EQ(converted.posts.at("p3").conversation_id(), "p1");
}

TEST(LinksOf, FindsEachLinkOnceInOrder) {
  EXPECT_THAT(LinksOf("a=>https://t.co/B2 (https://t.co/a1). https://t.co/B2"),
              ElementsAre("https://t.co/B2", "https://t.co/a1"));
}

TEST(LinksOf, PassesOverALinkThatWasCutOff) { EXPECT_THAT(LinksOf("see https://t.co/"), IsEmpty()); }

TEST(TitleFrom, IsTheTextWithoutItsLinks) {
  EXPECT_EQ(TitleFrom("Look\n at https://t.co/a1 this https://t.co/b2", 100), "Look at this");
}

TEST(TitleFrom, IsCutBetweenCharacters) { EXPECT_EQ(TitleFrom("née", 2), "n"); }

}  // namespace
}  // namespace staffroom
