#ifndef STAFFROOM_SERVICE_DISPATCH_AUTHENTICATOR_H_
#define STAFFROOM_SERVICE_DISPATCH_AUTHENTICATOR_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "service/dispatch/call_context.h"

namespace staffroom {

// Who is calling, as far as the transport knows. Valid during the call to Authenticate.
class Caller {
 public:
  virtual ~Caller() = default;
  // The other end of the connection as gRPC writes it: `ipv4:127.0.0.1:4711`, `ipv6:%5B::1%5D:4711`, `unix:/path`.
  virtual std::string Peer() const = 0;
  // The first value of a request header (lower-case name), or nothing.
  virtual absl::optional<absl::string_view> Header(absl::string_view name) const = 0;
};

// Decides what a caller may do, before anything of the request is read.
// Runs on gRPC's own threads, so it must not wait. Thread-safe.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  // The caller's role; UNAUTHENTICATED when the caller is nobody we know.
  virtual absl::StatusOr<Role> Authenticate(const Caller& caller) const = 0;
};

// Open on loopback: who can reach the loopback interface or a Unix socket of this machine is an admin; everybody else is
// nobody. So a server that listens to the world by mistake gives nothing away.
class LoopbackAuthenticator : public Authenticator {
 public:
  absl::StatusOr<Role> Authenticate(const Caller& caller) const override;
};

// Whether a peer, written as gRPC writes it, is on this machine: 127.0.0.0/8 (also as IPv4-mapped IPv6), ::1, a Unix socket.
bool IsLoopback(absl::string_view peer);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_AUTHENTICATOR_H_
