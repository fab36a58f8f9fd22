// What an operator meets when a server starts where it should not, and when it starts again where it should.
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "staffroom/v1/admin_status.pb.h"
#include "staffroom/v1/import_record.pb.h"
#include "staffroom/v1/recommend.pb.h"
#include "tests/integration/live_server.h"
#include "tests/integration/subprocess.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

// Runs a staffroomd that is expected to give up.
absl::StatusOr<Ended> StartInVain(const std::string& listen, const std::string& data_dir) {
  return RunProgram(
      {ProgramBeside("staffroomd"), absl::StrCat("--listen=", listen), absl::StrCat("--data_dir=", data_dir)},
      absl::Seconds(20));
}

void ExpectOneLine(const Ended& ended, const std::string& about) {
  EXPECT_NE(ended.exit_code, 0);
  EXPECT_THAT(ended.err, HasSubstr(about));
  const std::vector<std::string> lines = absl::StrSplit(ended.err, '\n', absl::SkipEmpty());
  EXPECT_THAT(lines, SizeIs(1)) << ended.err;
}

TEST(ServerStart, RefusesAFolderThatIsNotOursAndLeavesItAlone) {
  const TempDir folder;
  std::ofstream(folder.Join("holiday-photos.txt")) << "do not lose";
  ASSERT_OK_AND_ASSIGN(const Ended ended, StartInVain("127.0.0.1:0", folder.path()));
  ExpectOneLine(ended, folder.path());
  std::vector<std::string> left;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) left.push_back(entry.path().filename());
  EXPECT_THAT(left, ::testing::ElementsAre("holiday-photos.txt"));
}

TEST(ServerStart, RefusesAFolderThatAnotherServerHasOpen) {
  const TempDir folder;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<LiveServer> first, LiveServer::Start(folder.Join("data")));
  ASSERT_OK_AND_ASSIGN(const Ended second, StartInVain("127.0.0.1:0", folder.Join("data")));
  ExpectOneLine(second, "already open");
  EXPECT_THAT(first->Status(), IsOk()) << "the first one goes on";
}

TEST(ServerStart, RefusesAPortThatAnotherServerHas) {
  const TempDir folder;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<LiveServer> first, LiveServer::Start(folder.Join("one")));
  ASSERT_OK_AND_ASSIGN(const Ended second, StartInVain(first->address(), folder.Join("two")));
  ExpectOneLine(second, first->address());
  EXPECT_THAT(first->Status(), IsOk()) << "the first one goes on";
}

TEST(ServerStart, StandsAgainWhereItStoppedAndTakesItsOldRevisions) {
  const TempDir folder;
  ASSERT_OK_AND_ASSIGN(const std::vector<v1::ImportRecord> records, ReadSample());
  v1::GetStatusResponse before;
  {
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<LiveServer> server, LiveServer::Start(folder.Join("data")));
    ASSERT_THAT(server->Import(records), IsOk());
    ASSERT_OK_AND_ASSIGN(before, server->Status());
    EXPECT_THAT(server->process().Stop(absl::Seconds(20)), IsOk()) << "SIGTERM drains and exits with 0";
  }
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<LiveServer> server, LiveServer::Start(folder.Join("data")));
  ASSERT_OK_AND_ASSIGN(const v1::GetStatusResponse after, server->Status());
  EXPECT_EQ(after.digest(), before.digest());
  EXPECT_EQ(after.revision(), before.revision());
  EXPECT_EQ(after.epoch(), before.epoch());
  v1::RecommendAccountsRequest request;
  request.set_account_id(records.front().account().id());
  request.set_min_revision(before.revision());
  EXPECT_THAT(server->Ask<v1::RecommendAccountsResponse>("RecommendationService/RecommendAccounts", request), IsOk());
}

}  // namespace
}  // namespace staffroom
