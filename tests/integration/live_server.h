#ifndef STAFFROOM_TESTS_INTEGRATION_LIVE_SERVER_H_
#define STAFFROOM_TESTS_INTEGRATION_LIVE_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "google/protobuf/message.h"
#include "staffroom/v1/admin_status.pb.h"
#include "staffroom/v1/import_record.pb.h"
#include "tests/dispatch/raw_client.h"
#include "tests/support/server_process.h"

namespace staffroom {

// A staffroomd of our own that serves, and the calls of a test to it. Thread-safe, less Stop and Restart.
class LiveServer {
 public:
  // On `data_dir`; `program`: empty for the staffroomd beside this program. Its log is `data_dir`.log. Start it on the main thread (ServerProcess).
  static absl::StatusOr<std::unique_ptr<LiveServer>> Start(const std::string& data_dir,
                                                           const std::vector<std::string>& flags = {},
                                                           const std::string& program = {});

  // Sends bytes or a message to an RPC named as `CatalogService/UpsertAccount`.
  Answer Send(const std::string& rpc, const std::string& bytes) {
    return client_.Call(absl::StrCat("staffroom.v1.", rpc), bytes);
  }
  Answer Send(const std::string& rpc, const google::protobuf::Message& request) {
    return Send(rpc, request.SerializeAsString());
  }
  // The response, or the status with the reason before the message.
  template <typename Response>
  absl::StatusOr<Response> Ask(const std::string& rpc, const google::protobuf::Message& request) {
    const Answer answer = Send(rpc, request);
    if (answer.code != absl::StatusCode::kOk) {
      return absl::Status(answer.code, absl::StrCat(rpc, ": ", answer.Reason(), ": ", answer.message));
    }
    Response response;
    if (!response.ParseFromString(answer.bytes)) return absl::DataLossError(absl::StrCat(rpc, ": not a response"));
    return response;
  }
  absl::StatusOr<v1::GetStatusResponse> Status() {
    return Ask<v1::GetStatusResponse>("AdminService/GetStatus", v1::GetStatusRequest());
  }

  // Writes the records in their order, with create_stubs; the first that is refused ends it. Returns when all are visible.
  absl::Status Import(absl::Span<const v1::ImportRecord> records);

  RawClient& client() { return client_; }
  ServerProcess& process() { return *process_; }
  const std::string& address() const { return process_->address(); }

 private:
  LiveServer(std::unique_ptr<ServerProcess> process, int port) : process_(std::move(process)), client_(port) {}

  const std::unique_ptr<ServerProcess> process_;
  RawClient client_;
};

// The ImportRecords of one file in JSON Lines. INVALID_ARGUMENT with the file and the line.
absl::StatusOr<std::vector<v1::ImportRecord>> ReadRecords(const std::string& path);
// Those of the sample community, in the order its README gives.
absl::StatusOr<std::vector<v1::ImportRecord>> ReadSample();

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_LIVE_SERVER_H_
