#ifndef STAFFROOM_TESTS_CHAOS_TEARS_H_
#define STAFFROOM_TESTS_CHAOS_TEARS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace staffroom {

// What a batch of which only a part reached the disk would leave behind: an index without its record or a record without its
// index (ids; posts by author; edges and events by target; request ids by time), a vector or an edge of something that is
// not there (and not being purged), an ordinal or a revision beyond the counters. One line each, at most 100; none is right.
absl::StatusOr<std::vector<std::string>> FindTears(const storage::Snapshot& snapshot);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CHAOS_TEARS_H_
