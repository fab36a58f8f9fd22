#ifndef STAFFROOM_TESTS_BENCH_BENCH_SERVER_H_
#define STAFFROOM_TESTS_BENCH_BENCH_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "service/base/shared_mutex.h"

namespace staffroom {

// A server in this process, built from the parts that staffroomd is built from, with one service more: EchoService, which runs
// through the same dispatch and lane as RecommendAccounts and answers a payload of fixed length that was made beforehand.
class BenchServer {
 public:
  // On a free loopback port, with a store in the empty folder `data_dir`. Serves when it returns.
  static absl::StatusOr<std::unique_ptr<BenchServer>> Start(const std::string& data_dir, size_t payload_bytes);
  ~BenchServer();

  const std::string& address() const { return address_; }
  // Of the views' lock, since the last call.
  LongestHolds TakeLongestHolds();

 private:
  struct Parts;
  BenchServer();

  const std::unique_ptr<Parts> parts_;
  std::string address_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_BENCH_BENCH_SERVER_H_
