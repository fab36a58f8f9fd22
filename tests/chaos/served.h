#ifndef STAFFROOM_TESTS_CHAOS_SERVED_H_
#define STAFFROOM_TESTS_CHAOS_SERVED_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"

namespace staffroom {

// The accounts, posts and resources that a server answers to those who list them all: version by the ledger's key.
absl::StatusOr<absl::flat_hash_map<std::string, int64_t>> ListServed(const std::shared_ptr<grpc::Channel>& channel);

// The digest that the server reports once no purge is due. DEADLINE_EXCEEDED when one is due for longer than `timeout`.
absl::StatusOr<uint64_t> ServedDigest(const std::shared_ptr<grpc::Channel>& channel, absl::Duration timeout);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CHAOS_SERVED_H_
