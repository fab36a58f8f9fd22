#include "tests/support/record_writer.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/support/async_unary_call.h"
#include "staffroom/v1/catalog_service.grpc.pb.h"
#include "staffroom/v1/interaction_service.grpc.pb.h"
#include "tests/support/rpc_status.h"

namespace staffroom {
namespace {

using Record = v1::ImportRecord;

// One call under way; gRPC needs all of it until it is finished.
template <typename Request, typename Response>
struct Call {
  grpc::ClientContext context;
  Request request;
  Response response;
  grpc::Status status;
  std::unique_ptr<grpc::ClientAsyncResponseReader<Response>> reader;
};

template <typename Response>
absl::Status FirstError(const grpc::Status& status, const Response& response) {
  if (!status.ok()) return FromRpc(status, "a batch");
  for (const v1::BatchItemResult& result : response.results()) {
    if (result.status().code() != 0) return FromRpc(result.status());
  }
  return absl::OkStatus();
}

// Sends `records`, all of one kind. `add` puts a record into a new item of the request; `begin_call` begins the call.
// On a completion queue of its own and not with callbacks: gRPC 1.51.1 shares the threads of those among all channels of a
// process, and aborted now and then ("assertion failed: prior > 0") when a channel ended while one still returned.
template <typename Request, typename Response, typename Add, typename BeginCall>
absl::Status SendAll(absl::Span<const Record> records, const RecordWriterOptions& options, const Add& add,
                     const BeginCall& begin_call) {
  using BatchCall = Call<Request, Response>;
  grpc::CompletionQueue queue;
  absl::Status first_error;
  int in_flight = 0;
  const auto finish_one = [&] {
    void* tag = nullptr;
    bool is_done = false;
    queue.Next(&tag, &is_done);
    const std::unique_ptr<BatchCall> call(static_cast<BatchCall*>(tag));
    --in_flight;
    if (first_error.ok()) first_error = FirstError(call->status, call->response);
  };
  for (size_t begin = 0; begin < records.size() && first_error.ok(); begin += options.batch_items) {
    auto call = std::make_unique<BatchCall>();
    for (const Record& record : records.subspan(begin, options.batch_items)) {
      auto* const item = call->request.add_requests();
      add(record, item);
      item->set_create_stubs(true);
    }
    call->reader = begin_call(*call, &queue);
    BatchCall* const begun = call.release();  // finish_one takes it back
    begun->reader->Finish(&begun->response, &begun->status, begun);
    if (++in_flight == options.batches_in_flight) finish_one();
  }
  while (in_flight > 0) finish_one();
  return first_error;
}

absl::Status SendStretch(const std::shared_ptr<grpc::Channel>& channel, absl::Span<const Record> records,
                         const RecordWriterOptions& options) {
  const auto catalog = v1::CatalogService::NewStub(channel);
  switch (records.front().record_case()) {
    case Record::kAccount:
      return SendAll<v1::BatchUpsertAccountsRequest, v1::BatchUpsertAccountsResponse>(
          records, options, [](const Record& record, auto* item) { *item->mutable_account() = record.account(); },
          [&](auto& call, grpc::CompletionQueue* queue) {
            return catalog->AsyncBatchUpsertAccounts(&call.context, call.request, queue);
          });
    case Record::kPost:
      return SendAll<v1::BatchUpsertPostsRequest, v1::BatchUpsertPostsResponse>(
          records, options, [](const Record& record, auto* item) { *item->mutable_post() = record.post(); },
          [&](auto& call, grpc::CompletionQueue* queue) {
            return catalog->AsyncBatchUpsertPosts(&call.context, call.request, queue);
          });
    case Record::kResource:
      return SendAll<v1::BatchUpsertResourcesRequest, v1::BatchUpsertResourcesResponse>(
          records, options, [](const Record& record, auto* item) { *item->mutable_resource() = record.resource(); },
          [&](auto& call, grpc::CompletionQueue* queue) {
            return catalog->AsyncBatchUpsertResources(&call.context, call.request, queue);
          });
    case Record::kInteraction: {
      const auto interactions = v1::InteractionService::NewStub(channel);
      return SendAll<v1::BatchWriteInteractionsRequest, v1::BatchWriteInteractionsResponse>(
          records, options,
          [](const Record& record, auto* item) { *item->mutable_interaction() = record.interaction(); },
          [&](auto& call, grpc::CompletionQueue* queue) {
            return interactions->AsyncBatchWriteInteractions(&call.context, call.request, queue);
          });
    }
    case Record::kDeletedInteraction:
    case Record::RECORD_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError("a record that is neither account, post, resource nor interaction");
}

}  // namespace

absl::Status WriteRecords(const std::shared_ptr<grpc::Channel>& channel, absl::Span<const Record> records,
                          const RecordWriterOptions& options) {
  while (!records.empty()) {
    size_t length = 1;
    while (length < records.size() && records[length].record_case() == records[0].record_case()) ++length;
    if (absl::Status sent = SendStretch(channel, records.first(length), options); !sent.ok()) return sent;
    records.remove_prefix(length);
  }
  return absl::OkStatus();
}

}  // namespace staffroom
