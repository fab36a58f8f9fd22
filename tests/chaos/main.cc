// staffroom_chaos: what is left of the promises when the server dies in the middle of them.
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/chaos/crash.h"
#include "tests/support/figures.h"

ABSL_FLAG(int, cycles, 20, "crash: how often the server is killed and started again.");
ABSL_FLAG(uint64_t, seed, 1, "crash: what is written, and when the server is killed.");

namespace staffroom {
namespace {

constexpr absl::string_view kUsage =
    "Kills a staffroomd of its own under writes and checks what is left.\n"
    "  staffroom_chaos crash [--cycles=N] [--seed=N]";

int Fail(absl::string_view message, int exit_code) {
  std::fprintf(stderr, "staffroom_chaos: %s\n", std::string(message).c_str());
  return exit_code;
}

int Run() {
  const CrashOptions options{.cycles = absl::GetFlag(FLAGS_cycles), .seed = absl::GetFlag(FLAGS_seed)};
  const absl::StatusOr<CrashResult> result = RunCrashes(options);
  if (!result.ok()) return Fail(result.status().message(), 1);
  Figures figures;
  figures.Print("cycles", options.cycles);
  figures.Print("acknowledged", static_cast<double>(result->acknowledged));
  figures.Print("lost", static_cast<double>(result->lost));
  figures.Print("torn", static_cast<double>(result->torn));
  figures.Print("digest_mismatch", static_cast<double>(result->digest_mismatch));
  figures.Print("sent_again", static_cast<double>(result->sent_again));
  figures.Print("found_done", static_cast<double>(result->found_done));
  figures.Print("serving_again", result->serving_again);
  figures.Print("cycles_with_10_in_flight", result->cycles_with_10_in_flight);
  return result->lost + result->torn + result->digest_mismatch == 0 ? 0 : 1;
}

}  // namespace
}  // namespace staffroom

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(staffroom::kUsage);
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  if (arguments.size() != 2 || absl::string_view(arguments[1]) != "crash") return staffroom::Fail(staffroom::kUsage, 2);
  return staffroom::Run();
}
