#include "tests/integration/subprocess.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Between fork and exec only what is safe in a signal handler may be called.
[[noreturn]] void BecomeProgram(const std::vector<char*>& arguments, const char* out, const char* err) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int out_file = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err_file = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(out_file, STDOUT_FILENO);
  dup2(err_file, STDERR_FILENO);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

absl::StatusOr<Ended> RunProgram(const std::vector<std::string>& command, absl::Duration timeout) {
  const TempDir folder;
  const std::string out = folder.Join("out");
  const std::string err = folder.Join("err");
  std::vector<std::string> owned = command;
  std::vector<char*> arguments;
  for (std::string& argument : owned) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) BecomeProgram(arguments, out.c_str(), err.c_str());
  if (child < 0) return absl::ErrnoToStatus(errno, "starting a process");

  int status = 0;
  const absl::Time deadline = absl::Now() + timeout;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (absl::Now() > deadline) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      return absl::DeadlineExceededError(
          absl::StrCat(command[0], " did not end; it wrote:\n", ReadAll(out), "\n", ReadAll(err)));
    }
    absl::SleepFor(absl::Milliseconds(10));
  }
  return Ended{WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadAll(out), ReadAll(err)};
}

bool IsOnPath(const std::string& program) {
  const char* const path = getenv("PATH");
  if (path == nullptr) return false;
  for (const absl::string_view folder : absl::StrSplit(path, ':')) {
    if (access(absl::StrCat(folder, "/", program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace staffroom
