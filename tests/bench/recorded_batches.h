#ifndef STAFFROOM_TESTS_BENCH_RECORDED_BATCHES_H_
#define STAFFROOM_TESTS_BENCH_RECORDED_BATCHES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "staffroom/v1/import_record.pb.h"
#include "storage/write_batch.h"

namespace staffroom {

// What the store is given when these records are imported, made by the server's own parts (converters, encoder, decide) in
// this process: one WriteBatch for every 100 records, the most that the sequencer takes at once. A store in the empty folder
// `dir` serves the decisions. Takes accounts, posts, resources and interactions.
absl::StatusOr<std::vector<storage::WriteBatch>> RecordBatches(absl::Span<const v1::ImportRecord> records,
                                                               const std::string& dir);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_BENCH_RECORDED_BATCHES_H_
