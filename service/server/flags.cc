#include "service/server/flags.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/flags/usage_config.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/dispatch/json_log.h"
#include "staffroom/v1/account.pb.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:50051", "HOST:PORT where gRPC is served.");
ABSL_FLAG(std::string, data_dir, "", "Folder that holds all data; made when it is missing. Needed.");
ABSL_FLAG(std::string, metrics_listen, "",
          "HOST:PORT where /metrics, /healthz and /readyz are served over HTTP; empty: nowhere.");
ABSL_FLAG(std::string, default_exposure, "EVERYBODY",
          "Exposure of accounts that give none: EVERYBODY, FRIENDS_OF_FRIENDS, MY_ORGANIZATIONS or NOBODY.");
ABSL_FLAG(
    std::string, encoder, "static",
    "What texts become vectors by: static (a trained model) or hashing (needs none, knows spellings only). Another one "
    "than at the last start takes over in the background.");
ABSL_FLAG(std::string, model, "", "Model file of the static encoder; empty: the one that comes with the program.");
ABSL_FLAG(std::string, log_level, "info", "Least level that is logged to stderr: debug, info, warning or error.");
ABSL_FLAG(uint64_t, log_sample_every, 1000,
          "Of calls that succeed one in so many is logged; 1: all, 0: none. Calls that fail are always logged.");
ABSL_FLAG(bool, relaxed_sync, false,
          "Writes do not wait for the disk: faster, but a power cut may lose the last second, and takes a new epoch.");
ABSL_FLAG(int, request_threads, 0, "Threads that serve calls; 0: as many as there are cores.");
ABSL_FLAG(int, slow_threads, 2, "Threads that serve slow calls (exports, the weekly mail) beside them.");
ABSL_FLAG(int, queue_capacity, 1000, "Calls that may wait for a thread; one more is answered RESOURCE_EXHAUSTED.");
ABSL_FLAG(int, transport_memory_mib, 256, "Memory that requests and responses on their way may take, in MiB.");
ABSL_FLAG(absl::Duration, drain, absl::Seconds(10), "After SIGTERM, how long calls in flight may go on.");

namespace staffroom {
namespace {

constexpr absl::string_view kUsage =
    "Recommends teachers whom to follow and what to read, over gRPC.\n"
    "  staffroomd --listen=HOST:PORT --data_dir=DIR [--metrics_listen=HOST:PORT]";

// Else --help shows only flags of a file that is named like the program.
void ShowTheseFlagsInHelp() {
  absl::FlagsUsageConfig config;
  config.contains_help_flags = [](absl::string_view file) { return absl::EndsWith(file, "server/flags.cc"); };
  config.contains_helpshort_flags = config.contains_help_flags;
  config.normalize_filename = [](absl::string_view file) {
    return std::string(file.substr(std::min(file.size(), file.rfind("service/server/"))));
  };
  absl::SetFlagsUsageConfig(config);
  absl::SetProgramUsageMessage(kUsage);
}

absl::Status FlagError(absl::string_view flag, absl::string_view problem) {
  return absl::InvalidArgumentError(absl::StrCat("--", flag, ": ", problem));
}

absl::StatusOr<LogLevel> ParseLogLevel(absl::string_view name) {
  if (name == "debug") return LogLevel::kDebug;
  if (name == "info") return LogLevel::kInfo;
  if (name == "warning") return LogLevel::kWarning;
  if (name == "error") return LogLevel::kError;
  return FlagError("log_level", absl::StrCat("\"", name, "\" is none of debug, info, warning, error"));
}

absl::StatusOr<ServerOptions::EncoderKind> ParseEncoder(absl::string_view name) {
  if (name == "static") return ServerOptions::EncoderKind::kStatic;
  if (name == "hashing") return ServerOptions::EncoderKind::kHashing;
  return FlagError("encoder", absl::StrCat("\"", name, "\" is none of static, hashing"));
}

absl::Status CheckNumbers() {
  if (absl::GetFlag(FLAGS_request_threads) < 0) return FlagError("request_threads", "must not be negative");
  if (absl::GetFlag(FLAGS_slow_threads) < 1) return FlagError("slow_threads", "must be at least 1");
  if (absl::GetFlag(FLAGS_queue_capacity) < 1) return FlagError("queue_capacity", "must be at least 1");
  if (absl::GetFlag(FLAGS_transport_memory_mib) < 16) return FlagError("transport_memory_mib", "must be at least 16");
  if (absl::GetFlag(FLAGS_drain) < absl::ZeroDuration()) return FlagError("drain", "must not be negative");
  return absl::OkStatus();
}

int Cores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

}  // namespace

absl::StatusOr<ServerOptions> ParseFlags(int argc, char** argv) {
  ShowTheseFlagsInHelp();
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  if (rest.size() > 1) return absl::InvalidArgumentError(absl::StrCat("\"", rest[1], "\" is no flag"));
  if (absl::Status numbers = CheckNumbers(); !numbers.ok()) return numbers;

  ServerOptions options;
  options.listen = absl::GetFlag(FLAGS_listen);
  options.data_dir = absl::GetFlag(FLAGS_data_dir);
  if (options.data_dir.empty()) return FlagError("data_dir", "is needed: the folder that holds all data");
  options.metrics_listen = absl::GetFlag(FLAGS_metrics_listen);
  const std::string exposure = absl::GetFlag(FLAGS_default_exposure);
  if (!v1::Account::Exposure_Parse(exposure, &options.default_exposure) ||
      options.default_exposure == v1::Account::EXPOSURE_UNSPECIFIED) {
    return FlagError("default_exposure", absl::StrCat("\"", exposure, "\" is no exposure"));
  }
  const absl::StatusOr<ServerOptions::EncoderKind> encoder = ParseEncoder(absl::GetFlag(FLAGS_encoder));
  if (!encoder.ok()) return encoder.status();
  options.encoder = *encoder;
  options.model = absl::GetFlag(FLAGS_model);
  if (options.encoder == ServerOptions::EncoderKind::kHashing && !options.model.empty()) {
    return FlagError("model", "is of the static encoder: --encoder=hashing has none");
  }
  const absl::StatusOr<LogLevel> log_level = ParseLogLevel(absl::GetFlag(FLAGS_log_level));
  if (!log_level.ok()) return log_level.status();
  options.log_level = *log_level;
  options.log_sample_every = absl::GetFlag(FLAGS_log_sample_every);
  options.relaxed_sync = absl::GetFlag(FLAGS_relaxed_sync);
  const int request_threads = absl::GetFlag(FLAGS_request_threads);
  options.request_threads = request_threads == 0 ? Cores() : request_threads;
  options.slow_threads = absl::GetFlag(FLAGS_slow_threads);
  options.queue_capacity = static_cast<size_t>(absl::GetFlag(FLAGS_queue_capacity));
  options.transport_memory_bytes = int64_t{absl::GetFlag(FLAGS_transport_memory_mib)} << 20;
  options.drain = absl::GetFlag(FLAGS_drain);
  return options;
}

}  // namespace staffroom
