// The client program as a script meets it where its command line makes no sense. Nobody listens at the server's address.
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/subprocess.h"
#include "tests/support/server_process.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;

Ended RunClient(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {ProgramBeside("staffroom"), "--server=127.0.0.1:1"});
  absl::StatusOr<Ended> ended = RunProgram(arguments, absl::Seconds(30));
  EXPECT_THAT(ended.status(), IsOk());
  return ended.ok() ? *std::move(ended) : Ended{};
}

TEST(CommandLine, ThatMakesNoSenseExitsWith64AndNamesWhatIsWrong) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> lines = {
      {{}, "what is to be done"},
      {{"lunch"}, "\"lunch\" is no command"},
      {{"status", "now"}, "\"status now\" is no command"},
      {{"import"}, "\"import\" is no command"},
      {{"recommend", "accounts"}, "\"recommend accounts\" is no command"},
      {{"recommend", "lunch", "ines"}, "accounts, resources or posts"},
      {{"--cuont=3", "recommend", "accounts", "ines"}, "--cuont=3"},
      {{"--count=three", "recommend", "accounts", "ines"}, "\"three\""},
      {{"--in_flight=0", "import", "a.jsonl"}, "--in_flight"}};
  for (const auto& [arguments, complaint] : lines) {
    const Ended ended = RunClient(arguments);
    EXPECT_EQ(ended.exit_code, 64) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr(complaint));
  }
}

TEST(CommandLine, ThatAsksForHelpGetsIt) {
  const Ended ended = RunClient({"--help"});
  EXPECT_NE(ended.exit_code, 64);
  EXPECT_THAT(ended.out + ended.err, HasSubstr("recommend accounts|resources|posts"));
}

TEST(CommandLine, ThatMakesSenseExitsWith2WhereNobodyListens) {
  const Ended ended = RunClient({"recommend", "accounts", "ines", "--count=3"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, HasSubstr("nobody listens at 127.0.0.1:1"));
}

}  // namespace
}  // namespace staffroom
