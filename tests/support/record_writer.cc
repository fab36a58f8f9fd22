#include "tests/support/record_writer.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "grpcpp/client_context.h"
#include "staffroom/v1/catalog_service.grpc.pb.h"
#include "staffroom/v1/interaction_service.grpc.pb.h"
#include "tests/support/rpc_status.h"

namespace staffroom {
namespace {

using Record = v1::ImportRecord;

// Counts the batches under way and keeps the first error. Thread-safe.
class Window {
 public:
  explicit Window(int limit) : limit_(limit) {}

  // Waits for room. False when an error has ended the writing.
  bool Enter() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &Window::HasRoom));
    if (!status_.ok()) return false;
    ++in_flight_;
    return true;
  }
  void Leave(const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    --in_flight_;
    if (status_.ok()) status_ = status;
  }
  absl::Status WaitUntilEmpty() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &Window::IsEmpty));
    return status_;
  }

 private:
  bool HasRoom() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return in_flight_ < limit_ || !status_.ok(); }
  bool IsEmpty() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return in_flight_ == 0; }

  const int limit_;
  absl::Mutex mutex_;
  int in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

// One call under way; gRPC needs all of it until the callback.
template <typename Request, typename Response>
struct Call {
  grpc::ClientContext context;
  Request request;
  Response response;
};

template <typename Response>
absl::Status FirstError(const grpc::Status& status, const Response& response) {
  if (!status.ok()) return FromRpc(status, "a batch");
  for (const v1::BatchItemResult& result : response.results()) {
    if (result.status().code() != 0) return FromRpc(result.status());
  }
  return absl::OkStatus();
}

// Sends `records`, all of one kind. `add` puts a record into a new item of the request; `start` begins the call.
template <typename Request, typename Response, typename Add, typename Start>
absl::Status SendAll(absl::Span<const Record> records, const RecordWriterOptions& options, const Add& add,
                     const Start& start) {
  Window window(options.batches_in_flight);
  for (size_t begin = 0; begin < records.size(); begin += options.batch_items) {
    const auto call = std::make_shared<Call<Request, Response>>();
    for (const Record& record : records.subspan(begin, options.batch_items)) {
      auto* const item = call->request.add_requests();
      add(record, item);
      item->set_create_stubs(true);
    }
    if (!window.Enter()) break;
    start(call.get(),
          [call, &window](const grpc::Status& status) { window.Leave(FirstError(status, call->response)); });
  }
  return window.WaitUntilEmpty();
}

absl::Status SendStretch(const std::shared_ptr<grpc::Channel>& channel, absl::Span<const Record> records,
                         const RecordWriterOptions& options) {
  const auto catalog = v1::CatalogService::NewStub(channel);
  switch (records.front().record_case()) {
    case Record::kAccount:
      return SendAll<v1::BatchUpsertAccountsRequest, v1::BatchUpsertAccountsResponse>(
          records, options, [](const Record& record, auto* item) { *item->mutable_account() = record.account(); },
          [&](auto* call, auto done) {
            catalog->async()->BatchUpsertAccounts(&call->context, &call->request, &call->response, std::move(done));
          });
    case Record::kPost:
      return SendAll<v1::BatchUpsertPostsRequest, v1::BatchUpsertPostsResponse>(
          records, options, [](const Record& record, auto* item) { *item->mutable_post() = record.post(); },
          [&](auto* call, auto done) {
            catalog->async()->BatchUpsertPosts(&call->context, &call->request, &call->response, std::move(done));
          });
    case Record::kResource:
      return SendAll<v1::BatchUpsertResourcesRequest, v1::BatchUpsertResourcesResponse>(
          records, options, [](const Record& record, auto* item) { *item->mutable_resource() = record.resource(); },
          [&](auto* call, auto done) {
            catalog->async()->BatchUpsertResources(&call->context, &call->request, &call->response, std::move(done));
          });
    case Record::kInteraction: {
      const auto interactions = v1::InteractionService::NewStub(channel);
      return SendAll<v1::BatchWriteInteractionsRequest, v1::BatchWriteInteractionsResponse>(
          records, options,
          [](const Record& record, auto* item) { *item->mutable_interaction() = record.interaction(); },
          [&](auto* call, auto done) {
            interactions->async()->BatchWriteInteractions(&call->context, &call->request, &call->response,
                                                          std::move(done));
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
