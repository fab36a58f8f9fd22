#include "tests/support/server_process.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace staffroom {
namespace {

constexpr size_t kLogTailBytes = 2'000;
constexpr absl::Duration kPollInterval = absl::Milliseconds(10);

// Between fork and exec only what is safe in a signal handler may be called.
[[noreturn]] void BecomeServer(const std::vector<char*>& arguments, int log_file, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);  // the parent ended before prctl
  dup2(log_file, STDOUT_FILENO);
  dup2(log_file, STDERR_FILENO);
  execv(arguments[0], arguments.data());
  _exit(127);
}

absl::StatusOr<pid_t> Spawn(std::vector<std::string> command, const std::string& log_path) {
  const int log_file = open(log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (log_file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("opening ", log_path));
  std::vector<char*> arguments;
  for (std::string& argument : command) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) BecomeServer(arguments, log_file, parent);
  const int fork_error = errno;
  close(log_file);
  if (child < 0) return absl::ErrnoToStatus(fork_error, "starting a process");
  return child;
}

bool IsServing(grpc::health::v1::Health::Stub& health) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(1));
  grpc::health::v1::HealthCheckResponse response;
  return health.Check(&context, {}, &response).ok() &&
         response.status() == grpc::health::v1::HealthCheckResponse::SERVING;
}

}  // namespace

std::string ProgramBeside(const std::string& name) {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? name : (self.parent_path() / name).string();
}

absl::StatusOr<int> FreeLoopbackPort() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return absl::ErrnoToStatus(errno, "making a socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  const bool found = bind(listener, generic, size) == 0 && getsockname(listener, generic, &size) == 0;
  const int error = errno;
  close(listener);
  if (!found) return absl::ErrnoToStatus(error, "finding a free port");
  return ntohs(address.sin_port);
}

absl::StatusOr<std::unique_ptr<ServerProcess>> ServerProcess::Start(const Options& options) {
  const absl::StatusOr<int> port = FreeLoopbackPort();
  if (!port.ok()) return port.status();
  const std::string address = absl::StrCat("127.0.0.1:", *port);
  std::vector<std::string> command = {options.program.empty() ? ProgramBeside("staffroomd") : options.program,
                                      absl::StrCat("--listen=", address),
                                      absl::StrCat("--data_dir=", options.data_dir)};
  if (access(command[0].c_str(), X_OK) != 0) return absl::NotFoundError(absl::StrCat("no program ", command[0]));
  command.insert(command.end(), options.flags.begin(), options.flags.end());
  const std::string log_path = absl::StrCat(options.data_dir, ".log");
  const absl::StatusOr<pid_t> pid = Spawn(std::move(command), log_path);
  if (!pid.ok()) return pid.status();
  return std::unique_ptr<ServerProcess>(new ServerProcess(*pid, address, log_path));
}

ServerProcess::ServerProcess(pid_t pid, std::string address, std::string log_path)
    : pid_(pid), address_(std::move(address)), log_path_(std::move(log_path)) {}

ServerProcess::~ServerProcess() { Kill(); }

absl::Status ServerProcess::WaitServing(absl::Duration timeout) {
  const absl::Time deadline = absl::Now() + timeout;
  while (absl::Now() < deadline) {
    if (HasEnded()) return absl::UnavailableError(absl::StrCat("staffroomd ended; its log ends with:\n", LogTail()));
    // A channel that was refused once waits a second before it tries again: a fresh one does not.
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const auto health = grpc::health::v1::Health::NewStub(
        grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(), arguments));
    if (IsServing(*health)) return absl::OkStatus();
    absl::SleepFor(kPollInterval);
  }
  return absl::DeadlineExceededError(absl::StrCat("staffroomd did not serve within ", absl::FormatDuration(timeout),
                                                  "; its log ends with:\n", LogTail()));
}

void ServerProcess::Kill() {
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, &exit_status_, 0);
  pid_ = 0;
}

absl::Status ServerProcess::Stop(absl::Duration timeout) {
  if (pid_ == 0) return absl::FailedPreconditionError("staffroomd has ended before");
  kill(pid_, SIGTERM);
  const absl::Time deadline = absl::Now() + timeout;
  while (!HasEnded()) {
    if (absl::Now() >= deadline) {
      Kill();
      return absl::DeadlineExceededError("staffroomd did not end after SIGTERM");
    }
    absl::SleepFor(kPollInterval);
  }
  if (WIFEXITED(exit_status_) && WEXITSTATUS(exit_status_) == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("staffroomd did not exit with 0; its log ends with:\n", LogTail()));
}

bool ServerProcess::HasEnded() {
  if (pid_ != 0 && waitpid(pid_, &exit_status_, WNOHANG) == pid_) pid_ = 0;
  return pid_ == 0;
}

std::string ServerProcess::LogTail() const {
  std::ifstream file(log_path_);
  const std::string log{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return log.substr(log.size() - std::min(log.size(), kLogTailBytes));
}

}  // namespace staffroom
