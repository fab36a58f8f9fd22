#ifndef STAFFROOM_SERVICE_SERVER_FLAGS_H_
#define STAFFROOM_SERVICE_SERVER_FLAGS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/dispatch/json_log.h"
#include "staffroom/v1/account.pb.h"

namespace staffroom {

// What an operator decides, checked and resolved; the flags of the same names say the rest.
struct ServerOptions {
  std::string listen;
  std::string data_dir;
  std::string metrics_listen;  // empty: no metrics port
  v1::Account::Exposure default_exposure = v1::Account::EVERYBODY;
  enum class EncoderKind { kStatic, kHashing } encoder = EncoderKind::kStatic;
  std::string model;  // of the static encoder; empty: the one that comes with the program
  LogLevel log_level = LogLevel::kInfo;
  uint64_t log_sample_every = 0;
  bool relaxed_sync = false;
  int request_threads = 1;
  int slow_threads = 1;
  size_t queue_capacity = 1;
  int64_t transport_memory_bytes = 0;
  absl::Duration drain = absl::ZeroDuration();
};

// Reads the command line; on `--help` or a flag that does not exist the process ends with a text.
// INVALID_ARGUMENT with one line that names the flag.
absl::StatusOr<ServerOptions> ParseFlags(int argc, char** argv);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_FLAGS_H_
