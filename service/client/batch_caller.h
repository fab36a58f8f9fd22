#ifndef STAFFROOM_SERVICE_CLIENT_BATCH_CALLER_H_
#define STAFFROOM_SERVICE_CLIENT_BATCH_CALLER_H_

#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/channel.h"
#include "service/client/import_item.h"

namespace staffroom {

// What one call answered: its own status, and when that is OK one status an item, in the items' order. Fewer statuses: the
// last one is why the items after it were not tried.
struct BatchReply {
  google::rpc::Status status;
  std::vector<google::rpc::Status> items;
};

// Makes one call for items of one kind. Thread-safe.
class BatchCaller {
 public:
  virtual ~BatchCaller() = default;
  // `items` is not empty and all of `kind`. Waits for the answer.
  virtual BatchReply Call(RecordKind kind, absl::Span<const ImportItem> items) = 0;
};

// Calls the server at the other end of `channel`, with create_stubs, a minute's deadline and no request_id.
// Deleted interactions have no batch RPC: they are deleted one by one, and a call whose failure is no fault of its item, so that
// it has to be made again, ends the reply there: none passes another.
std::unique_ptr<BatchCaller> NewGrpcBatchCaller(const std::shared_ptr<grpc::Channel>& channel);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_BATCH_CALLER_H_
