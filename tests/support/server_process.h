#ifndef STAFFROOM_TESTS_SUPPORT_SERVER_PROCESS_H_
#define STAFFROOM_TESTS_SUPPORT_SERVER_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace staffroom {

// The path of a program that was built into the same folder as this one.
std::string ProgramBeside(const std::string& name);

// A loopback port that was free a moment ago: nothing keeps another process from taking it, so whoever listens on it may fail.
absl::StatusOr<int> FreeLoopbackPort();

// One staffroomd of our own, on a free loopback port. Ends with this object at the latest, and also when the thread that
// started it ends (prctl PR_SET_PDEATHSIG): start it on the main thread. Not thread-safe.
class ServerProcess {
 public:
  struct Options {
    std::string data_dir;  // made when missing; what the server logs goes to `data_dir`.log
    std::vector<std::string> flags = {};
    std::string program = {};  // empty: the staffroomd beside this program
  };

  // Starts it and returns at once, before it serves.
  static absl::StatusOr<std::unique_ptr<ServerProcess>> Start(const Options& options);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // Waits until its health says SERVING. UNAVAILABLE, with the end of its log, when it ended; DEADLINE_EXCEEDED.
  absl::Status WaitServing(absl::Duration timeout);

  // SIGKILL: returns when it is gone. Nothing when it is already.
  void Kill();
  // SIGTERM: returns when it is gone. An error when that took longer than `timeout` (it is then killed) or it did not
  // exit with 0.
  absl::Status Stop(absl::Duration timeout);

  // HOST:PORT, as gRPC takes it.
  const std::string& address() const { return address_; }

 private:
  ServerProcess(pid_t pid, std::string address, std::string log_path);
  // Whether it has ended; its wait status is then in `exit_status_`.
  bool HasEnded();
  std::string LogTail() const;

  pid_t pid_;  // 0: ended and waited for
  int exit_status_ = 0;
  const std::string address_;
  const std::string log_path_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_SERVER_PROCESS_H_
