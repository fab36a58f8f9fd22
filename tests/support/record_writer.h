#ifndef STAFFROOM_TESTS_SUPPORT_RECORD_WRITER_H_
#define STAFFROOM_TESTS_SUPPORT_RECORD_WRITER_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "grpcpp/channel.h"
#include "staffroom/v1/import_record.pb.h"

namespace staffroom {

struct RecordWriterOptions {
  int batch_items = 500;
  int batches_in_flight = 8;  // times `batch_items` must stay below the server's queue of writes (16,384)
};

// Writes `records` through the batch RPCs, several batches in flight, with create_stubs; returns when all are applied and
// visible. Within a stretch of one kind the order is not kept; the next stretch begins when the one before is done.
// The first error ends it: that of a call, or of an item that was refused. INVALID_ARGUMENT for deleted interactions.
absl::Status WriteRecords(const std::shared_ptr<grpc::Channel>& channel, absl::Span<const v1::ImportRecord> records,
                          const RecordWriterOptions& options);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_RECORD_WRITER_H_
