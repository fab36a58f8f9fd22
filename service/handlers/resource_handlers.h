#ifndef STAFFROOM_SERVICE_HANDLERS_RESOURCE_HANDLERS_H_
#define STAFFROOM_SERVICE_HANDLERS_RESOURCE_HANDLERS_H_

#include <memory>

#include "service/dispatch/call_context.h"
#include "service/dispatch/reply.h"
#include "service/handlers/catalog_parts.h"
#include "staffroom/v1/catalog_resources.pb.h"

namespace staffroom {

// The resources of CatalogService. Thread-safe.
class ResourceHandlers {
 public:
  explicit ResourceHandlers(const CatalogParts& parts) : parts_(parts) {}

  void UpsertResource(const std::shared_ptr<const CallContext>& context, const v1::UpsertResourceRequest& request,
                      Reply<v1::UpsertResourceResponse> reply) const;
  void BatchUpsertResources(const std::shared_ptr<const CallContext>& context,
                            const v1::BatchUpsertResourcesRequest& request,
                            Reply<v1::BatchUpsertResourcesResponse> reply) const;
  void GetResource(const std::shared_ptr<const CallContext>& context, const v1::GetResourceRequest& request,
                   Reply<v1::GetResourceResponse> reply) const;
  void DeleteResource(const std::shared_ptr<const CallContext>& context, const v1::DeleteResourceRequest& request,
                      Reply<v1::DeleteResourceResponse> reply) const;
  void ListResources(const std::shared_ptr<const CallContext>& context, const v1::ListResourcesRequest& request,
                     Reply<v1::ListResourcesResponse> reply) const;

 private:
  const CatalogParts parts_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_RESOURCE_HANDLERS_H_
