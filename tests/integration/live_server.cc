#include "tests/integration/live_server.h"

#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "google/protobuf/util/json_util.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "tests/support/record_writer.h"

namespace staffroom {
namespace {

constexpr absl::Duration kStartTimeout = absl::Seconds(30);
// One batch after the other keeps the order of the records.
constexpr RecordWriterOptions kInOrder{.batch_items = 500, .batches_in_flight = 1};

}  // namespace

absl::StatusOr<std::unique_ptr<LiveServer>> LiveServer::Start(const std::string& data_dir,
                                                              const std::vector<std::string>& flags,
                                                              const std::string& program) {
  absl::StatusOr<std::unique_ptr<ServerProcess>> process =
      ServerProcess::Start({.data_dir = data_dir, .flags = flags, .program = program});
  if (!process.ok()) return process.status();
  if (absl::Status serving = (*process)->WaitServing(kStartTimeout); !serving.ok()) return serving;
  int port = 0;
  const std::string& address = (*process)->address();
  if (!absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port)) {
    return absl::InternalError(absl::StrCat("no port in ", address));
  }
  return std::unique_ptr<LiveServer>(new LiveServer(*std::move(process), port));
}

absl::Status LiveServer::Import(absl::Span<const v1::ImportRecord> records) {
  while (!records.empty()) {
    if (records.front().has_deleted_interaction()) {
      v1::DeleteInteractionRequest request;
      *request.mutable_interaction() = records.front().deleted_interaction();
      request.set_create_stubs(true);
      const auto response = Ask<v1::DeleteInteractionResponse>("InteractionService/DeleteInteraction", request);
      if (!response.ok()) return response.status();
      records.remove_prefix(1);
      continue;
    }
    size_t length = 0;
    while (length < records.size() && !records[length].has_deleted_interaction()) ++length;
    if (absl::Status written = WriteRecords(client_.channel(), records.first(length), kInOrder); !written.ok()) {
      return written;
    }
    records.remove_prefix(length);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<v1::ImportRecord>> ReadRecords(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("no file ", path));
  std::vector<v1::ImportRecord> records;
  int line_number = 0;
  for (std::string line; std::getline(file, line);) {
    ++line_number;
    const auto parsed = google::protobuf::util::JsonStringToMessage(line, &records.emplace_back());
    if (!parsed.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ":", line_number, ": ", parsed.ToString()));
    }
  }
  return records;
}

absl::StatusOr<std::vector<v1::ImportRecord>> ReadSample() {
  std::vector<v1::ImportRecord> all;
  for (const char* name : {"1-accounts", "2-resources", "3-posts", "4-interactions"}) {
    absl::StatusOr<std::vector<v1::ImportRecord>> records =
        ReadRecords(absl::StrCat(STAFFROOM_SAMPLE_DIR, "/", name, ".jsonl"));
    if (!records.ok()) return records.status();
    for (v1::ImportRecord& record : *records) all.push_back(std::move(record));
  }
  return all;
}

}  // namespace staffroom
