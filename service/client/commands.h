#ifndef STAFFROOM_SERVICE_CLIENT_COMMANDS_H_
#define STAFFROOM_SERVICE_CLIENT_COMMANDS_H_

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "grpcpp/channel.h"

// What `staffroom` can be told to do, one function a command. Each returns the exit code of the program.
namespace staffroom {

// Exit codes, which scripts rely on.
inline constexpr int kExitDone = 0;
inline constexpr int kExitRefused = 1;      // the server refused the request, or some of an import's lines
inline constexpr int kExitUnreachable = 2;  // the server cannot be reached, or an import ended before its end
inline constexpr int kExitUsage = 64;       // the command line makes no sense: seen before the server is looked for

// Where a command talks to.
struct Surroundings {
  std::shared_ptr<grpc::Channel> channel;
  std::string server;                              // as given, to name it in an error
  bool json = false;                               // print the response message in proto3 JSON
  absl::Duration reach_within = absl::Seconds(5);  // a server that starts may need a moment
  std::ostream& out;                               // answers
  std::ostream& err;                               // errors, refused lines, progress
};

struct ImportOptions {
  std::vector<std::string> files;  // JSON Lines, packed or not; `-` is standard input
  int in_flight = 4;               // batches at once
  absl::Duration patience = absl::Seconds(60);
  bool err_is_terminal = false;
};
int RunImport(const Surroundings& surroundings, const ImportOptions& options);

struct RecommendOptions {
  std::string what;  // accounts, resources or posts
  std::string account_id;
  int count = 0;  // 0: the server's default
  bool explain = false;
};
int RunRecommend(const Surroundings& surroundings, const RecommendOptions& options);

int RunStatus(const Surroundings& surroundings);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_COMMANDS_H_
