// staffroom_bench: how fast the server is, always beside something that it cannot beat on the same machine in the same run.
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/base/lock_graph.h"
#include "tests/bench/import_bench.h"
#include "tests/bench/serve_bench.h"

ABSL_FLAG(int, records, 100'000, "import: how many records, at least 2,000.");
ABSL_FLAG(int, repeats, 3, "import: how often each is measured.");
ABSL_FLAG(int, accounts, 20'000, "serve: how many accounts, at least 5,000.");
ABSL_FLAG(int, seconds, 36, "serve: how long is measured, a third for each of the three servers.");
ABSL_FLAG(int, in_flight, 32, "serve: how many calls wait for their answer at a time.");
ABSL_FLAG(uint64_t, seed, 1, "What community is made up.");

namespace staffroom {
namespace {

constexpr absl::string_view kUsage =
    "Measures the server beside what it cannot beat.\n"
    "  staffroom_bench import [--records=N] [--repeats=N]\n"
    "  staffroom_bench serve [--accounts=N] [--seconds=N] [--in_flight=N]";

absl::Status Run(absl::string_view command) {
  const uint64_t seed = absl::GetFlag(FLAGS_seed);
  if (command == "import" && absl::GetFlag(FLAGS_records) >= 2'000 && absl::GetFlag(FLAGS_repeats) >= 1) {
    return RunImportBench({absl::GetFlag(FLAGS_records), absl::GetFlag(FLAGS_repeats), seed});
  }
  if (command == "serve" && absl::GetFlag(FLAGS_accounts) >= 5'000 && absl::GetFlag(FLAGS_in_flight) >= 1) {
    return RunServeBench(
        {absl::GetFlag(FLAGS_accounts), absl::GetFlag(FLAGS_seconds), absl::GetFlag(FLAGS_in_flight), seed});
  }
  return absl::InvalidArgumentError(kUsage);
}

}  // namespace
}  // namespace staffroom

int main(int argc, char** argv) {
  staffroom::KeepNoLockGraph();  // before any server: all contenders alike
  absl::SetProgramUsageMessage(staffroom::kUsage);
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  const absl::Status status =
      staffroom::Run(arguments.size() == 2 ? absl::string_view(arguments[1]) : absl::string_view());
  if (status.ok()) return 0;
  std::fprintf(stderr, "staffroom_bench: %s\n", std::string(status.message()).c_str());
  return status.code() == absl::StatusCode::kInvalidArgument ? 2 : 1;
}
