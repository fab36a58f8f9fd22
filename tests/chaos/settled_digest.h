#ifndef STAFFROOM_TESTS_CHAOS_SETTLED_DIGEST_H_
#define STAFFROOM_TESTS_CHAOS_SETTLED_DIGEST_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/store.h"

namespace staffroom {

// The digests of a store when the purges that were due in it are done.
struct SettledDigest {
  uint64_t applied = 0;  // of views that were loaded before the purges and took them one by one
  uint64_t loaded = 0;   // of views that were loaded afterwards
};

// Does the purges, as the server does after its start, and sums up. DEADLINE_EXCEEDED when they take longer than `timeout`.
absl::StatusOr<SettledDigest> SettleAndDigest(storage::Store* store, absl::Duration timeout);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CHAOS_SETTLED_DIGEST_H_
