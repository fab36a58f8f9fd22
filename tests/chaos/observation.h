#ifndef STAFFROOM_TESTS_CHAOS_OBSERVATION_H_
#define STAFFROOM_TESTS_CHAOS_OBSERVATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "storage/store.h"

namespace staffroom {

// What a store holds, under the names of the ledger's keys.
struct Observation {
  absl::flat_hash_map<std::string, int64_t> values;
  std::vector<std::string>
      tears;  // see FindTears; and records whose fields do not fit together, texts without a vector
  uint64_t revision = 0;

  // 0 for what is not there.
  int64_t ValueOf(const std::string& key) const;
};

absl::StatusOr<Observation> Observe(const storage::Snapshot& snapshot);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CHAOS_OBSERVATION_H_
