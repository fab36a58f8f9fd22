#include "service/handlers/resource_handlers.h"

#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "service/converters/resource_converter.h"
#include "service/handlers/batch_write.h"
#include "service/handlers/item_requests.h"
#include "service/handlers/list_page.h"
#include "service/handlers/record_reader.h"
#include "service/handlers/write_reply.h"
#include "staffroom/v1/resource.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

absl::StatusOr<std::vector<v1::Resource>> Read(const RecordReader& reader, absl::Span<const uint32_t> ordinals) {
  return reader.Resources(ordinals);
}

}  // namespace

void ResourceHandlers::UpsertResource(const std::shared_ptr<const CallContext>&,
                                      const v1::UpsertResourceRequest& request,
                                      Reply<v1::UpsertResourceResponse> reply) const {
  absl::StatusOr<storage::Mutation> mutation = PrepareUpsert(parts_, request);
  if (!mutation.ok()) return reply(mutation.status());
  SubmitAndReply(parts_.engine, *std::move(mutation), v1::UpsertResourceResponse(), std::move(reply));
}

void ResourceHandlers::BatchUpsertResources(const std::shared_ptr<const CallContext>& context,
                                            const v1::BatchUpsertResourcesRequest& request,
                                            Reply<v1::BatchUpsertResourcesResponse> reply) const {
  ReplyToBatch(
      {parts_.engine, parts_.log}, *context, request,
      [this](const v1::UpsertResourceRequest& item) { return BatchItem{PrepareUpsert(parts_, item)}; },
      std::move(reply));
}

void ResourceHandlers::GetResource(const std::shared_ptr<const CallContext>&, const v1::GetResourceRequest& request,
                                   Reply<v1::GetResourceResponse> reply) const {
  reply(GetItem<v1::GetResourceResponse, v1::Resource>(parts_.store, storage::ITEM_RESOURCE, request.id(),
                                                       &v1::GetResourceResponse::mutable_resource, Read));
}

void ResourceHandlers::DeleteResource(const std::shared_ptr<const CallContext>&,
                                      const v1::DeleteResourceRequest& request,
                                      Reply<v1::DeleteResourceResponse> reply) const {
  absl::StatusOr<storage::Mutation> mutation = ToMutation(request);
  if (!mutation.ok()) return reply(mutation.status());
  SubmitAndReply(parts_.engine, *std::move(mutation), v1::DeleteResourceResponse(), std::move(reply));
}

void ResourceHandlers::ListResources(const std::shared_ptr<const CallContext>& context,
                                     const v1::ListResourcesRequest& request,
                                     Reply<v1::ListResourcesResponse> reply) const {
  reply(ListPage<v1::ListResourcesResponse, v1::Resource>(parts_.store, parts_.list_tokens, *context,
                                                          storage::ITEM_RESOURCE, request,
                                                          &v1::ListResourcesResponse::mutable_resources, Read));
}

}  // namespace staffroom
