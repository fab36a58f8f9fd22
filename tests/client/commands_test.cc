#include "service/client/commands.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/client/fake_server.h"
#include "tests/client/import_fixtures.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::SizeIs;

struct CommandsTest : ::testing::Test {
  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(folder.Join(name)) << text;
    return folder.Join(name);
  }
  Surroundings At(const std::string& address, bool json = false) {
    return {.channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials()),
            .server = address,
            .json = json,
            .reach_within = absl::Milliseconds(500),
            .out = out,
            .err = err};
  }
  int Import(const std::vector<std::string>& files) { return RunImport(At(server.address()), {.files = files}); }

  TempDir folder;
  FakeServer server;
  std::ostringstream out, err;
};

TEST_F(CommandsTest, ImportsEveryKindOfRecordInTheOrderThatMatters) {
  const std::string file = Write("all.jsonl", R"({"account": {"id": "ines"}}
{"interaction": {"actor_id": "ines", "kind": "FOLLOW", "account_id": "omar"}}
{"deleted_interaction": {"actor_id": "ines", "kind": "FOLLOW", "account_id": "omar"}}

{"post": {"id": "p1"}}
{"resource": {"id": "r1"}}
)");
  EXPECT_EQ(Import({file}), kExitDone) << err.str();
  EXPECT_THAT(out.str(), MatchesRegex("imported 5 records, 0 refused, in [0-9.]+ s \\([0-9]+/s\\)\n"));
  std::vector<std::string> journal = server.journal();
  ASSERT_THAT(journal, SizeIs(5));
  std::sort(journal.begin() + 3, journal.end());  // posts and resources may pass each other
  EXPECT_THAT(journal, ElementsAre("account ines", "interaction ines", "deleted ines", "post p1", "resource r1"));
}

TEST_F(CommandsTest, NamesTheLinesThatWereRefusedAndImportsTheRest) {
  const std::string file = Write("some.jsonl",
                                 "{\"account\": {\"id\": \"ines\"}}\nrubbish\n{\"account\": {\"id\": "
                                 "\"bad\"}}\n{\"account\": {\"id\": \"omar\"}}\n");
  EXPECT_EQ(Import({file}), kExitRefused);
  EXPECT_THAT(server.journal(), ElementsAre("account ines", "account omar"));
  EXPECT_THAT(err.str(),
              AllOf(HasSubstr(file + ":2: not an ImportRecord"), HasSubstr(file + ":3: INVALID_ARGUMENT: id: is bad")));
  EXPECT_THAT(out.str(), HasSubstr("imported 2 records, 2 refused"));
}

TEST_F(CommandsTest, BringsInMoreThanFitsIntoOneCallWithoutLosingOrDoublingAny) {
  std::string text;
  for (int i = 0; i < 3456; ++i) absl::StrAppend(&text, R"({"account": {"id": "a)", i, "\"}}\n");
  EXPECT_EQ(Import({Write("many.jsonl", text)}), kExitDone);
  std::vector<std::string> journal = server.journal();
  std::sort(journal.begin(), journal.end());
  EXPECT_THAT(journal, SizeIs(3456));
  EXPECT_EQ(std::unique(journal.begin(), journal.end()), journal.end());
}

// One deletion that must wait: those after it would be refused the second time, had they passed it.
TEST_F(CommandsTest, NoDeletionPassesOneThatHasToBeMadeAgain) {
  for (const google::rpc::Status& failure : {StatusOf(google::rpc::UNAVAILABLE), FullFor(/*seconds=*/0),
                                             StatusOf(google::rpc::DEADLINE_EXCEEDED, "too slow")}) {
    FakeServer failing;
    failing.FailDeletion("b", failure);
    std::string text;
    for (const char* actor : {"a", "b", "c", "d"}) {
      absl::StrAppend(&text, R"({"deleted_interaction": {"actor_id": ")", actor,
                      R"(", "kind": "READ", "post_id": "p", "event_id": "e"}})", "\n");
    }
    EXPECT_EQ(RunImport(At(failing.address()), {.files = {Write("deletions.jsonl", text)}, .in_flight = 1}), kExitDone)
        << failure.ShortDebugString() << err.str();
    EXPECT_THAT(failing.journal(), ElementsAre("deleted a", "deleted b", "deleted c", "deleted d"));
  }
}

TEST_F(CommandsTest, EndsAtADeletionThatSaysThatNobodyMayWrite) {
  server.FailDeletion("a", StatusOf(google::rpc::PERMISSION_DENIED, "readers may not write"));
  const std::string file = Write("deletions.jsonl", R"({"deleted_interaction": {"actor_id": "a", "kind": "FOLLOW"}}
{"deleted_interaction": {"actor_id": "b", "kind": "FOLLOW"}}
)");
  EXPECT_EQ(Import({file}), kExitUnreachable);
  EXPECT_THAT(server.journal(), IsEmpty());
}

TEST_F(CommandsTest, NamesADeletionThatIsRefusedAndGoesOn) {
  server.FailDeletion("a", StatusOf(google::rpc::NOT_FOUND, "no such event"));
  const std::string file = Write("deletions.jsonl", R"({"deleted_interaction": {"actor_id": "a", "kind": "FOLLOW"}}
{"deleted_interaction": {"actor_id": "b", "kind": "FOLLOW"}}
)");
  EXPECT_EQ(Import({file}), kExitRefused);
  EXPECT_THAT(server.journal(), ElementsAre("deleted b"));
  EXPECT_THAT(err.str(), HasSubstr(file + ":1: NOT_FOUND: no such event"));
}

TEST_F(CommandsTest, GoesOnWithTheNextFileWhenOneIsMissingAndSaysSo) {
  EXPECT_EQ(Import({folder.Join("absent.jsonl"), Write("a.jsonl", R"({"account": {"id": "ines"}})")}), kExitRefused);
  EXPECT_THAT(err.str(), HasSubstr("absent.jsonl"));
  EXPECT_THAT(server.journal(), ElementsAre("account ines"));
}

TEST_F(CommandsTest, ImportsIntoNothingWithAnExitCodeOfItsOwn) {
  EXPECT_EQ(RunImport(At("127.0.0.1:1"), {.files = {Write("a.jsonl", "{}")}}), kExitUnreachable);
  EXPECT_THAT(err.str(), HasSubstr("nobody listens at 127.0.0.1:1"));
}

TEST_F(CommandsTest, RecommendsAsATable) {
  EXPECT_EQ(RunRecommend(At(server.address()), {.what = "accounts", .account_id = "ines", .count = 2}), kExitDone);
  EXPECT_THAT(out.str(), AllOf(HasSubstr("t0"), HasSubstr("t1"), Not(HasSubstr("t2")), Not(HasSubstr("ranking"))));
}

TEST_F(CommandsTest, RecommendsWithATraceWhenAsked) {
  RunRecommend(At(server.address()), {.what = "accounts", .account_id = "ines", .count = 1, .explain = true});
  EXPECT_THAT(out.str(), HasSubstr("ranking"));
}

TEST_F(CommandsTest, RecommendsAsJsonWithFieldsAtTheirDefaults) {
  EXPECT_EQ(RunRecommend(At(server.address(), true), {.what = "accounts", .account_id = "ines", .count = 1}),
            kExitDone);
  EXPECT_THAT(out.str(), AllOf(HasSubstr("\"accountId\": \"t0\""), HasSubstr("\"isFallback\": false")));
}

TEST_F(CommandsTest, SaysWhyTheServerRefused) {
  EXPECT_EQ(RunRecommend(At(server.address()), {.what = "accounts", .account_id = "nobody"}), kExitRefused);
  EXPECT_EQ(err.str(), "staffroom: NOT_FOUND: there is no such account\n");
  EXPECT_THAT(out.str(), IsEmpty());
}

TEST_F(CommandsTest, SeesThatACommandMakesNoSenseBeforeItLooksForTheServer) {
  EXPECT_EQ(RunRecommend(At("127.0.0.1:1"), {.what = "lunch", .account_id = "ines"}), kExitUsage);
}

TEST_F(CommandsTest, AsksWhatToRecommend) {
  EXPECT_EQ(RunRecommend(At(server.address()), {.what = "lunch", .account_id = "ines"}), kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("accounts, resources or posts"));
}

TEST_F(CommandsTest, ShowsTheStatus) {
  EXPECT_EQ(RunStatus(At(server.address())), kExitDone);
  EXPECT_THAT(out.str(), HasSubstr("1,234"));
  EXPECT_EQ(RunStatus(At("127.0.0.1:1")), kExitUnreachable);
}

}  // namespace
}  // namespace staffroom
