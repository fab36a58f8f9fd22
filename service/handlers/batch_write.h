#ifndef STAFFROOM_SERVICE_HANDLERS_BATCH_WRITE_H_
#define STAFFROOM_SERVICE_HANDLERS_BATCH_WRITE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/dispatch/call_context.h"
#include "service/dispatch/json_log.h"
#include "service/dispatch/reply.h"
#include "service/engine/engine.h"
#include "staffroom/v1/outcome.pb.h"
#include "storage/records.pb.h"

// Many writes in one call, applied in order and not atomic: each item has the status that the single RPC would have answered,
// and the call is OK even when every item failed.
namespace staffroom {

// One item, converted. A refused one is not submitted and keeps its place.
struct BatchItem {
  absl::StatusOr<storage::Mutation> mutation;
  v1::AttributionState::Value attribution = v1::AttributionState::ATTRIBUTION_STATE_UNSPECIFIED;
};

struct BatchAnswer {
  google::protobuf::RepeatedPtrField<v1::BatchItemResult> results;  // as many as items, in their order
  std::string revision;                                             // from here on every answer knows all applied items
};

// Where a batch goes.
struct BatchParts {
  Engine& engine;
  Log& log;  // for items that failed inside: the call is OK, so its own line tells nothing of them
};

// Submits the good items as neighbours, in order; `done` is called once, when readers can see all that was applied. An item
// that is answered INTERNAL has a line in the log, `batch_item`, under the call's id.
void SubmitBatch(const BatchParts& parts, std::vector<BatchItem> items, const std::string& call_id,
                 std::function<void(BatchAnswer)> done);

// Answers a batch RPC. `prepare` makes the BatchItem of one request; TOO_MANY_ITEMS beyond 1,000 requests.
template <typename Request, typename Response, typename Prepare>
void ReplyToBatch(const BatchParts& parts, const CallContext& context, const Request& request, const Prepare& prepare,
                  Reply<Response> reply) {
  if (request.requests_size() > limits::kBatchItems) {
    return reply(InvalidField("requests", reason::kTooManyItems, "a batch has at most 1,000 items"));
  }
  std::vector<BatchItem> items;
  items.reserve(static_cast<size_t>(request.requests_size()));
  for (const auto& item : request.requests()) {
    if (context.IsCancelled()) return reply(absl::CancelledError("nobody waits for this batch any more"));
    items.push_back(prepare(item));
  }
  auto shared = std::make_shared<Reply<Response>>(std::move(reply));
  SubmitBatch(parts, std::move(items), context.call_id, [shared](BatchAnswer answer) {
    Response response;
    *response.mutable_results() = std::move(answer.results);
    response.set_revision(std::move(answer.revision));
    (*shared)(std::move(response));
  });
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_BATCH_WRITE_H_
