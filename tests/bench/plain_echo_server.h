#ifndef STAFFROOM_TESTS_BENCH_PLAIN_ECHO_SERVER_H_
#define STAFFROOM_TESTS_BENCH_PLAIN_ECHO_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace staffroom {

// EchoService as gRPC's own documentation would have it: the generated callback class on a server with default settings.
// What this cannot serve, no server on this machine can.
class PlainEchoServer {
 public:
  // Listens on a free loopback port; answers with a payload of that many bytes.
  static absl::StatusOr<std::unique_ptr<PlainEchoServer>> Start(size_t payload_bytes);
  ~PlainEchoServer();

  const std::string& address() const { return address_; }

 private:
  struct Parts;
  explicit PlainEchoServer(std::unique_ptr<Parts> parts);

  const std::unique_ptr<Parts> parts_;
  std::string address_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_BENCH_PLAIN_ECHO_SERVER_H_
