#ifndef STAFFROOM_TESTS_BENCH_IMPORT_BENCH_H_
#define STAFFROOM_TESTS_BENCH_IMPORT_BENCH_H_

#include <cstdint>

#include "absl/status/status.h"

namespace staffroom {

struct ImportBenchOptions {
  int records = 100'000;
  int repeats = 3;
  uint64_t seed = 1;
};

// How fast a mixed community is imported, beside how fast the disk takes the same bytes. Prints
//   records_per_second              accounts, posts, resources, follows and likes through the batch RPCs of a fresh staffroomd
//   write_batch_records_per_second  the WriteBatches that came of them (RecordBatches), written and synced one after another
//                                   into an empty store with the server's options, and nothing else
//   ratio_write_batch               the former over the latter
// Medians of `repeats` runs of each, in turns.
absl::Status RunImportBench(const ImportBenchOptions& options);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_BENCH_IMPORT_BENCH_H_
