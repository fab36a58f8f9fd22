#include "service/client/batch_caller.h"

#include <chrono>
#include <memory>
#include <utility>

#include "absl/types/span.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "service/client/rpc_status.h"
#include "staffroom/v1/catalog_service.grpc.pb.h"
#include "staffroom/v1/interaction_service.grpc.pb.h"

namespace staffroom {
namespace {

void SetDeadline(grpc::ClientContext* context) {
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
}

// Fills a batch request with `fill(record, one)` for each item, calls, and takes the answer apart.
template <typename Stub, typename Request, typename Response, typename Fill>
BatchReply CallBatch(Stub* stub, grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&, Response*),
                     absl::Span<const ImportItem> items, Fill fill) {
  Request request;
  for (const ImportItem& item : items) {
    auto* one = request.add_requests();
    one->set_create_stubs(true);
    fill(item.record, one);
  }
  grpc::ClientContext context;
  SetDeadline(&context);
  Response response;
  BatchReply reply;
  reply.status = RpcStatusOf((stub->*rpc)(&context, request, &response));
  if (reply.status.code() != google::rpc::OK) return reply;
  if (response.results_size() != static_cast<int>(items.size())) {
    reply.status.set_code(google::rpc::INTERNAL);
    reply.status.set_message("the server answered a batch with another number of results");
    return reply;
  }
  for (auto& result : *response.mutable_results()) reply.items.push_back(std::move(*result.mutable_status()));
  return reply;
}

class GrpcBatchCaller : public BatchCaller {
 public:
  explicit GrpcBatchCaller(const std::shared_ptr<grpc::Channel>& channel)
      : catalog_(v1::CatalogService::NewStub(channel)), interactions_(v1::InteractionService::NewStub(channel)) {}

  BatchReply Call(RecordKind kind, absl::Span<const ImportItem> items) override {
    using Catalog = v1::CatalogService::Stub;
    using Interactions = v1::InteractionService::Stub;
    switch (kind) {
      case RecordKind::kAccount:
        return CallBatch(catalog_.get(), &Catalog::BatchUpsertAccounts, items,
                         [](const v1::ImportRecord& record, auto* one) { *one->mutable_account() = record.account(); });
      case RecordKind::kPost:
        return CallBatch(catalog_.get(), &Catalog::BatchUpsertPosts, items,
                         [](const v1::ImportRecord& record, auto* one) { *one->mutable_post() = record.post(); });
      case RecordKind::kResource:
        return CallBatch(
            catalog_.get(), &Catalog::BatchUpsertResources, items,
            [](const v1::ImportRecord& record, auto* one) { *one->mutable_resource() = record.resource(); });
      case RecordKind::kInteraction:
        return CallBatch(
            interactions_.get(), &Interactions::BatchWriteInteractions, items,
            [](const v1::ImportRecord& record, auto* one) { *one->mutable_interaction() = record.interaction(); });
      case RecordKind::kDeletedInteraction:
        return Delete(items);
    }
    return {};
  }

 private:
  BatchReply Delete(absl::Span<const ImportItem> items) {
    BatchReply reply;
    for (const ImportItem& item : items) {
      v1::DeleteInteractionRequest request;
      request.set_create_stubs(true);
      *request.mutable_interaction() = item.record.deleted_interaction();
      grpc::ClientContext context;
      SetDeadline(&context);
      v1::DeleteInteractionResponse response;
      reply.items.push_back(RpcStatusOf(interactions_->DeleteInteraction(&context, request, &response)));
      if (IsForLater(reply.items.back()) || IsAboutEverything(reply.items.back())) break;
    }
    return reply;
  }

  const std::unique_ptr<v1::CatalogService::Stub> catalog_;
  const std::unique_ptr<v1::InteractionService::Stub> interactions_;
};

}  // namespace

std::unique_ptr<BatchCaller> NewGrpcBatchCaller(const std::shared_ptr<grpc::Channel>& channel) {
  return std::make_unique<GrpcBatchCaller>(channel);
}

}  // namespace staffroom
