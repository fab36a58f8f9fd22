#include "service/server/shutdown.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <utility>

#include "absl/strings/string_view.h"
#include "service/base/mutex.h"

namespace staffroom {
namespace {

// Where the handler writes to: the one thing here that is nobody's, since a handler can be given nothing.
constinit std::atomic<int> write_end{-1};
static_assert(std::atomic<int>::is_always_lock_free, "else a handler may not read it");

void WriteSignal(int signal) {
  const int error = errno;  // of whatever the thread was doing
  const char number = static_cast<char>(signal);
  static_cast<void>(!write(write_end.load(), &number, 1));  // full: a signal is waiting already
  errno = error;
}

void HandleBoth(void (*handler)(int)) {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
}

}  // namespace

ShutdownSignal::ShutdownSignal(std::function<void(absl::string_view)> before_wait)
    : before_wait_(std::move(before_wait)) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();  // the process has no file descriptor left before it began
  read_end_ = ends[0];
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  write_end = ends[1];
  std::signal(SIGPIPE, SIG_IGN);
  fetcher_ = std::thread([this] { Fetch(); });
  HandleBoth(WriteSignal);
}

ShutdownSignal::~ShutdownSignal() {
  HandleBoth(SIG_IGN);
  WriteSignal(0);  // lets the thread go where it still waits for a signal
  fetcher_.join();
  close(write_end.exchange(-1));
  close(read_end_);
}

void ShutdownSignal::Fetch() {
  char number = 0;
  while (read(read_end_, &number, 1) < 0 && errno == EINTR) {
  }
  if (number == 0) return;
  const absl::string_view name = number == SIGINT ? "SIGINT" : "SIGTERM";
  {
    const MutexLock lock(&mutex_);
    name_ = name;
    if (waiting_) return came_.NotifyAll();
  }
  before_wait_(name);
}

absl::string_view ShutdownSignal::Wait() {
  const MutexLock lock(&mutex_);
  waiting_ = true;
  while (name_.empty()) came_.Wait(&mutex_);
  return name_;
}

}  // namespace staffroom
