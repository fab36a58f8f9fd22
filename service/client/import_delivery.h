#ifndef STAFFROOM_SERVICE_CLIENT_IMPORT_DELIVERY_H_
#define STAFFROOM_SERVICE_CLIENT_IMPORT_DELIVERY_H_

#include <functional>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "google/rpc/status.pb.h"
#include "service/client/batch_caller.h"
#include "service/client/import_item.h"

namespace staffroom {

struct DeliveryOptions {
  absl::Duration patience = absl::Seconds(60);  // how long nothing may go through before an import ends
  std::function<void(absl::Duration)> sleep;    // waits; called from the thread that delivers
};

// What became of a batch: an OK status and one status an item; or why an import cannot go on, and the statuses of the items
// that the server had answered by then.
struct Delivered {
  google::rpc::Status status;
  std::vector<google::rpc::Status> items;
};

// Brings items of one kind to the server, in order, however long it takes.
//
// A server that is full, starting or away is asked again, when it says or after a pause that doubles from 100 ms to 5 s: the
// same from the first item that did not go through, so that none passes another; a repeat of what went through changes nothing,
// except that an event without event_time is counted twice. A call that is refused as a whole, for one item that cannot
// even be read, is halved until the item stands alone, so that the rest goes in. Anything else (no right to write, a
// read-only store) concerns every batch and ends the import.
Delivered Deliver(BatchCaller& caller, RecordKind kind, absl::Span<const ImportItem> items,
                  const DeliveryOptions& options);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_IMPORT_DELIVERY_H_
