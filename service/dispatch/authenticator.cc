#include "service/dispatch/authenticator.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace staffroom {

bool IsLoopback(absl::string_view peer) {
  if (absl::StartsWith(peer, "unix:") || absl::StartsWith(peer, "unix-abstract:")) return true;
  if (absl::ConsumePrefix(&peer, "ipv4:")) return absl::StartsWith(peer, "127.");
  if (!absl::ConsumePrefix(&peer, "ipv6:")) return false;
  if (!absl::ConsumePrefix(&peer, "%5B") && !absl::ConsumePrefix(&peer, "[")) return false;
  return absl::StartsWith(peer, "::1%5D") || absl::StartsWith(peer, "::1]") || absl::StartsWith(peer, "::ffff:127.");
}

absl::StatusOr<Role> LoopbackAuthenticator::Authenticate(const Caller& caller) const {
  if (IsLoopback(caller.Peer())) return Role::kAdmin;
  return absl::UnauthenticatedError("this server answers callers on its own machine only");
}

}  // namespace staffroom
