#ifndef STAFFROOM_TESTS_INTEGRATION_DESCRIBED_API_H_
#define STAFFROOM_TESTS_INTEGRATION_DESCRIBED_API_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/dynamic_message.h"
#include "tests/dispatch/raw_client.h"

// What grpcurl does, in C++: a client that was given an address and no proto file. It learns every type by
// grpc.reflection.v1alpha, whose few messages it knows from a description of its own, and speaks JSON.
namespace staffroom {

// The API of a server as that server describes it. Not thread-safe. `client` outlives it.
class DescribedApi {
 public:
  explicit DescribedApi(RawClient& client);
  ~DescribedApi();
  DescribedApi(const DescribedApi&) = delete;
  DescribedApi& operator=(const DescribedApi&) = delete;

  // Full names of the services, in the server's order.
  absl::StatusOr<std::vector<std::string>> ListServices();
  // Fetches the file that declares `symbol` and all it imports, so that the pool knows it. NOT_FOUND.
  absl::Status Learn(const std::string& symbol);
  const google::protobuf::DescriptorPool& pool() const { return pool_; }

  struct JsonAnswer {
    absl::StatusCode code = absl::StatusCode::kOk;
    std::string json;     // the response; empty beside an error
    std::string message;  // of the error
    std::string details;  // of the error: google.rpc.Status as JSON, each detail under its `@type`
  };
  // Calls `staffroom.v1.CatalogService/UpsertAccount` with a request in proto3 JSON. An error of the call is in the answer; a
  // status means that the request could not be made or the response not be read.
  absl::StatusOr<JsonAnswer> Call(const std::string& method, const std::string& json);

 private:
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> AskReflection(const std::string& field,
                                                                           const std::string& value);
  absl::Status AddFile(const std::string& field, const std::string& value);
  absl::StatusOr<std::string> ToJson(const std::string& type, const std::string& bytes);

  RawClient& client_;
  google::protobuf::DescriptorPool reflection_pool_;  // the messages of reflection itself
  google::protobuf::DescriptorPool pool_;             // what the server described
  google::protobuf::DynamicMessageFactory factory_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_DESCRIBED_API_H_
