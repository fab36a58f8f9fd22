#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "service/client/commands.h"
#include "service/client/flag_check.h"

ABSL_FLAG(std::string, server, "127.0.0.1:50051", "HOST:PORT of the server.");
ABSL_FLAG(bool, json, false, "Print the response message in proto3 JSON instead of a table.");
ABSL_FLAG(int, count, 0, "recommend: how many results, up to 500; 0: the server's default, 20.");
ABSL_FLAG(bool, explain, false, "recommend: also say which sources, filters and stages made the answer.");
ABSL_FLAG(int, in_flight, 4, "import: batches on their way at once; with 1 an import repeats itself exactly.");
ABSL_FLAG(absl::Duration, patience, absl::Seconds(60), "import: how long nothing may go through before it ends.");

namespace {

constexpr char kUsage[] = R"(the command line of Staffroom.

  staffroom [--server=HOST:PORT] [--json] import FILES…
      Sends JSON Lines of ImportRecord (.gz too; - is standard input) to the server and names each line that was refused.
  staffroom [--server=HOST:PORT] [--json] recommend accounts|resources|posts ID [--count=N] [--explain]
      Whom to follow, or what to read, for the account ID.
  staffroom [--server=HOST:PORT] [--json] status
      What the server holds.

Exit codes: 0 done, 1 refused (of an import: at least one line), 2 the server cannot be reached or an import ended early,
64 the command line makes no sense, which is seen before anybody is called.
)";

int Usage(const std::string& why) {
  std::cerr << "staffroom: " << why << "\n\nstaffroom: " << kUsage;
  return staffroom::kExitUsage;
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(kUsage);
  const absl::Status flags = staffroom::CheckFlags({argv + 1, argv + argc});
  if (!flags.ok()) return Usage(std::string(flags.message()));
  const std::vector<char*> parsed = absl::ParseCommandLine(argc, argv);
  const std::vector<std::string> words(parsed.begin() + 1, parsed.end());
  const std::string command = words.empty() ? "" : words[0];

  const std::string server = absl::GetFlag(FLAGS_server);
  const staffroom::Surroundings surroundings = {
      .channel = grpc::CreateChannel(server, grpc::InsecureChannelCredentials()),
      .server = server,
      .json = absl::GetFlag(FLAGS_json),
      .out = std::cout,
      .err = std::cerr};
  if (absl::GetFlag(FLAGS_in_flight) < 1) return Usage("--in_flight is at least 1");
  if (command == "import" && words.size() > 1) {
    return staffroom::RunImport(surroundings, {.files = {words.begin() + 1, words.end()},
                                               .in_flight = absl::GetFlag(FLAGS_in_flight),
                                               .patience = absl::GetFlag(FLAGS_patience),
                                               .err_is_terminal = isatty(STDERR_FILENO) == 1});
  }
  if (command == "recommend" && words.size() == 3) {
    return staffroom::RunRecommend(surroundings, {.what = words[1],
                                                  .account_id = words[2],
                                                  .count = absl::GetFlag(FLAGS_count),
                                                  .explain = absl::GetFlag(FLAGS_explain)});
  }
  if (command == "status" && words.size() == 1) return staffroom::RunStatus(surroundings);
  return Usage(command.empty() ? "what is to be done?"
                               : absl::StrCat("\"", absl::StrJoin(words, " "), "\" is no command"));
}
