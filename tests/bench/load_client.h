#ifndef STAFFROOM_TESTS_BENCH_LOAD_CLIENT_H_
#define STAFFROOM_TESTS_BENCH_LOAD_CLIENT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"

namespace staffroom {

// One call to make: a method (`/package.Service/Method`) and the bytes of its request.
struct LoadCall {
  const std::string* method;
  const grpc::ByteBuffer* request;
  bool counts;  // whether its answer is counted; what runs beside is not
};

// Makes the n-th call; called from several threads. What it points to outlives the load.
using LoadPlan = std::function<LoadCall(uint64_t n)>;

struct LoadResult {
  int64_t answered = 0;  // calls that count and were answered in time
  absl::Duration elapsed;
  absl::Status status;  // the first call that failed, if any
  double per_second() const { return static_cast<double>(answered) / absl::ToDoubleSeconds(elapsed); }
};

// Keeps several calls in flight and starts the next as soon as one is answered. Requests are sent as they are and answers are
// dropped unread: on these few cores, work of the client is work that the server cannot do.
class LoadClient {
 public:
  // Calls are spread over `channels`.
  explicit LoadClient(const std::vector<std::shared_ptr<grpc::Channel>>& channels);

  // Runs for `duration`, then waits for what is still in flight, which is not counted.
  LoadResult Run(const LoadPlan& plan, int in_flight, absl::Duration duration);

 private:
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  uint64_t next_call_ = 0;  // goes on from run to run: no run repeats the one before
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_BENCH_LOAD_CLIENT_H_
