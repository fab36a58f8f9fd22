#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/dispatch/raw_client.h"
#include "tests/dispatch/stream_client.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/server_process.h"
#include "tests/support/status_matchers.h"

// The program as an operator meets it.
namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

struct Ended {
  int exit_code = -1;
  std::string output;  // stdout and stderr
};

// Runs staffroomd with `flags` until it ends by itself.
Ended RunToTheEnd(const std::string& flags) {
  Ended ended;
  FILE* const pipe = popen(absl::StrCat(ProgramBeside("staffroomd"), " ", flags, " 2>&1").c_str(), "r");
  char buffer[4096];
  for (size_t count = 0; (count = fread(buffer, 1, sizeof buffer, pipe)) > 0;) ended.output.append(buffer, count);
  const int status = pclose(pipe);
  if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
  return ended;
}

class StaffroomdTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(folder, ScratchFolder::Make());
    ASSERT_OK_AND_ASSIGN(server, ServerProcess::Start({.data_dir = folder->Join("data")}));
    ASSERT_THAT(server->WaitServing(absl::Seconds(30)), IsOk());
  }
  int Port() const {
    int port = 0;
    const std::pair<std::string, std::string> parts = absl::StrSplit(server->address(), ':');
    EXPECT_TRUE(absl::SimpleAtoi(parts.second, &port));
    return port;
  }

  std::unique_ptr<ScratchFolder> folder;
  std::unique_ptr<ServerProcess> server;
};

TEST_F(StaffroomdTest, SigtermEndsItWithZero) { EXPECT_THAT(server->Stop(absl::Seconds(20)), IsOk()); }

// Ends the process while it still reads the store, which it cannot finish here: its key file is a pipe that nobody writes to.
TEST_F(StaffroomdTest, SigtermEndsItWithZeroWhileItStillRecovers) {
  ASSERT_THAT(server->Stop(absl::Seconds(20)), IsOk());
  const std::string key = folder->Join("data/token.key");
  ASSERT_EQ(unlink(key.c_str()), 0);
  ASSERT_EQ(mkfifo(key.c_str(), 0600), 0);
  ASSERT_OK_AND_ASSIGN(server, ServerProcess::Start({.data_dir = folder->Join("data")}));
  int writer = -1;  // opens once somebody reads, and keeps the reader waiting
  for (int tries = 0; tries < 3'000 && writer < 0; ++tries) {
    absl::SleepFor(absl::Milliseconds(10));
    writer = open(key.c_str(), O_WRONLY | O_NONBLOCK);
  }
  ASSERT_GE(writer, 0) << "staffroomd does not read its key";
  EXPECT_THAT(server->Stop(absl::Seconds(20)), IsOk());
  close(writer);
}

TEST_F(StaffroomdTest, ReflectionStreamsThatStayOpenHoldAFewThreadsAndNoMore) {
  constexpr char kReflection[] = "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  constexpr char kListServices[] = "\x3a\x01*";  // list_services: "*"
  RawClient client(Port());
  std::vector<std::unique_ptr<StreamClient>> open_streams;
  int refused = 0;
  for (int stream = 0; stream < 20; ++stream) {
    auto reflection = StreamClient::Open(client.channel(), kReflection);
    reflection->Write(kListServices);
    if (reflection->Read().has_value()) {
      open_streams.push_back(std::move(reflection));
    } else {
      EXPECT_EQ(reflection->Finish().code, absl::StatusCode::kResourceExhausted);
      ++refused;
    }
  }
  EXPECT_GT(open_streams.size(), 2u);
  EXPECT_GT(refused, 10) << "each of " << open_streams.size() << " open streams holds a thread";
  EXPECT_THAT(server->WaitServing(absl::Seconds(20)), IsOk()) << "other calls do not feel it";
  open_streams.clear();
  for (bool answered = false; !answered;) {  // until the threads are free again
    auto reflection = StreamClient::Open(client.channel(), kReflection);
    reflection->Write(kListServices);
    answered = reflection->Read().has_value();
  }
}

TEST_F(StaffroomdTest, AUsedPortIsOneLineAndNotZero) {
  const Ended ended = RunToTheEnd(absl::StrCat("--listen=", server->address(), " --data_dir=", folder->Join("other")));
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(ended.output, absl::StrCat("staffroomd: cannot listen on ", server->address(),
                                       ": the port is in use, or the address is not of this machine\n"));
}

TEST_F(StaffroomdTest, EveryServiceIsThere) {
  RawClient client(Port());
  for (const absl::string_view method :
       {"staffroom.v1.CatalogService/GetAccount", "staffroom.v1.InteractionService/ListInteractions",
        "staffroom.v1.RecommendationService/RecommendAccounts", "staffroom.v1.InsightService/GetReach",
        "staffroom.v1.AdminService/GetStatus"}) {
    const Answer answer =
        client.Call(method, "\x0f");  // malformed: refused by any handler, and by nobody as an unknown name
    EXPECT_NE(answer.code, absl::StatusCode::kOk);
    EXPECT_THAT(answer.message, ::testing::Not(HasSubstr("there is no RPC"))) << method;
  }
}

TEST(StaffroomdFlags, AWrongFlagIsOneLineThatNamesIt) {
  const Ended none = RunToTheEnd("");
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.output, MatchesRegex("staffroomd: --data_dir: [^\n]*\n"));
  const Ended exposure = RunToTheEnd("--data_dir=/nowhere --default_exposure=SOMEBODY");
  EXPECT_EQ(exposure.exit_code, 1);
  EXPECT_THAT(exposure.output, MatchesRegex("staffroomd: --default_exposure: \"SOMEBODY\" [^\n]*\n"));
  EXPECT_EQ(RunToTheEnd("--data_dir=/nowhere --log_level=loud").exit_code, 1);
  EXPECT_EQ(RunToTheEnd("--data_dir=/nowhere --encoder=psychic").exit_code, 1);
  EXPECT_EQ(RunToTheEnd("--data_dir=/nowhere --encoder=hashing --model=some.model").exit_code, 1);
  EXPECT_EQ(RunToTheEnd("--data_dir=/nowhere --queue_capacity=0").exit_code, 1);
  EXPECT_EQ(RunToTheEnd("--data_dir=/nowhere stray").exit_code, 1);
}

TEST(StaffroomdFlags, AModelThatIsNotThereIsNamedBeforeTheDataFolderIsTouched) {
  const Ended ended = RunToTheEnd("--data_dir=/nowhere --model=/nowhere/some.model");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.output, MatchesRegex("staffroomd: opening /nowhere/some.model[^\n]*--encoder=hashing[^\n]*\n"));
}

TEST(StaffroomdFlags, HelpExplainsEveryFlagThatScriptsRelyOn) {
  EXPECT_THAT(RunToTheEnd("--help").output, AllOf(HasSubstr("--listen ("), HasSubstr("--data_dir ("),
                                                  HasSubstr("--metrics_listen ("), HasSubstr("--default_exposure (")));
}

}  // namespace
}  // namespace staffroom
