#include "service/client/import_item.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/import_fixtures.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ParseImportRecord, ReadsEveryKind) {
  EXPECT_EQ(KindOf(*ParseImportRecord(R"({"account": {"id": "ines"}})")), RecordKind::kAccount);
  EXPECT_EQ(KindOf(*ParseImportRecord(R"({"post": {"id": "p1"}})")), RecordKind::kPost);
  EXPECT_EQ(KindOf(*ParseImportRecord(R"({"resource": {"id": "r1"}})")), RecordKind::kResource);
  EXPECT_EQ(KindOf(*ParseImportRecord(R"({"interaction": {"actor_id": "ines"}})")), RecordKind::kInteraction);
  EXPECT_EQ(KindOf(*ParseImportRecord(R"({"deletedInteraction": {"actorId": "ines"}})")),
            RecordKind::kDeletedInteraction);
}

TEST(ParseImportRecord, ReadsNumbersTimesAndEnumsAsProto3JsonHasThem) {
  const auto record = ParseImportRecord(
      R"({"account": {"id": "ines", "kind": "TEACHER", "createTime": "2020-01-02T03:04:05Z", "channels": [{"audience": "7"}]}})");
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->account().kind(), v1::Account::TEACHER);
  EXPECT_EQ(record->account().create_time().seconds(), 1'577'934'245);
  EXPECT_EQ(record->account().channels(0).audience(), 7);
}

TEST(ParseImportRecord, LeavesOutWhatOnlyTheServerMayWrite) {
  const auto record = ParseImportRecord(
      R"({"account": {"id": "ines", "updateTime": "2020-01-02T03:04:05Z", "followerCount": "7", "followingCount": "8"}})");
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->account().ShortDebugString(), R"(id: "ines")");
}

TEST(ParseImportRecord, SaysInOneLineWhatIsWrong) {
  for (const char* line :
       {"not json", R"({"account": {"id": 7}})", R"({"account": {"nmae": "x"}})", R"({"account": {"kind": "WIZARD"}})",
        R"({"account": {"id": "a"}, "post": {"id": "p"}})", "[]", "{\"account\": {\"id\": \"\xff\"}}"}) {
    EXPECT_THAT(ParseImportRecord(line), StatusIs(absl::StatusCode::kInvalidArgument,
                                                  AllOf(HasSubstr("not an ImportRecord: "), Not(HasSubstr("\n")))))
        << line;
  }
}

TEST(ParseImportRecord, RefusesALineWithoutARecord) {
  EXPECT_THAT(ParseImportRecord("{}"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("neither account")));
}

TEST(ParseImportRecord, RefusesWhatNoMessageCanHold) {
  const std::string bio(4 << 20, 'x');
  EXPECT_THAT(ParseImportRecord(absl::StrCat(R"({"account": {"id": "a", "bio": ")", bio, "\"}}")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("4 MiB")));
}

TEST(OrderKey, IsThatOfTheThingItself) {
  EXPECT_EQ(OrderKey(AccountItem("ines").record), OrderKey(AccountItem("ines").record));
  EXPECT_NE(OrderKey(AccountItem("ines").record), OrderKey(AccountItem("omar").record));
  EXPECT_NE(OrderKey(AccountItem("x").record), OrderKey(PostItem("x").record));
}

TEST(OrderKey, IsSharedByAnInteractionAndItsRemoval) {
  EXPECT_EQ(OrderKey(FollowItem("ines", "omar").record), OrderKey(UnfollowItem("ines", "omar").record));
  EXPECT_NE(OrderKey(FollowItem("ines", "omar").record), OrderKey(FollowItem("omar", "ines").record));
}

TEST(OrderKey, TellsApartTargetsOfOneIdAndDifferentKinds) {
  v1::ImportRecord like_of_post, like_of_resource;
  like_of_post.mutable_interaction()->set_post_id("x");
  like_of_resource.mutable_interaction()->set_resource_id("x");
  EXPECT_NE(OrderKey(like_of_post), OrderKey(like_of_resource));
}

// A deletion may name an event by its id alone.
TEST(OrderKey, OfAnEventWithAnIdIsThatIdWhateverElseTheLineSays) {
  const auto record = [](const std::string& actor, v1::Interaction::Kind kind, const std::string& post,
                         const std::string& event_id) {
    v1::ImportRecord made;
    v1::Interaction& event = *made.mutable_interaction();
    event.set_actor_id(actor);
    event.set_kind(kind);
    if (!post.empty()) event.set_post_id(post);
    event.set_event_id(event_id);
    return made;
  };
  const v1::ImportRecord read = record("ines", v1::Interaction::READ, "p", "e1");
  v1::ImportRecord deletion;
  *deletion.mutable_deleted_interaction() = record("ines", v1::Interaction::VIEW, "", "e1").interaction();
  EXPECT_EQ(OrderKey(read), OrderKey(deletion));
  EXPECT_NE(OrderKey(read), OrderKey(record("ines", v1::Interaction::READ, "p", "e2")));
  EXPECT_NE(OrderKey(read), OrderKey(record("omar", v1::Interaction::READ, "p", "e1")));
  EXPECT_NE(OrderKey(record("ines", v1::Interaction::LIKE, "p", "e1")),
            OrderKey(record("ines", v1::Interaction::LIKE, "q", "e1")))
      << "the id of a state kind is no part of its identity";
  EXPECT_EQ(OrderKey(record("ines", v1::Interaction::LIKE, "p", "e1")),
            OrderKey(record("ines", v1::Interaction::LIKE, "p", "e2")));
}

TEST(OrderKey, IsSharedByAllThatAMentorAccepts) {
  const auto accept = [](const std::string& mentor, const std::string& mentee) {
    v1::ImportRecord record;
    *record.mutable_interaction() = Follow(mentor, mentee);
    record.mutable_interaction()->set_kind(v1::Interaction::MENTOR_ACCEPT);
    return record;
  };
  EXPECT_EQ(OrderKey(accept("ines", "omar")), OrderKey(accept("ines", "lia")));
  EXPECT_NE(OrderKey(accept("ines", "omar")), OrderKey(accept("omar", "ines")));
}

}  // namespace
}  // namespace staffroom
