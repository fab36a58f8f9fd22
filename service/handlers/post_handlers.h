#ifndef STAFFROOM_SERVICE_HANDLERS_POST_HANDLERS_H_
#define STAFFROOM_SERVICE_HANDLERS_POST_HANDLERS_H_

#include <memory>

#include "service/dispatch/call_context.h"
#include "service/dispatch/reply.h"
#include "service/handlers/catalog_parts.h"
#include "staffroom/v1/catalog_posts.pb.h"

namespace staffroom {

// The posts of CatalogService. Thread-safe.
class PostHandlers {
 public:
  explicit PostHandlers(const CatalogParts& parts) : parts_(parts) {}

  void UpsertPost(const std::shared_ptr<const CallContext>& context, const v1::UpsertPostRequest& request,
                  Reply<v1::UpsertPostResponse> reply) const;
  void BatchUpsertPosts(const std::shared_ptr<const CallContext>& context, const v1::BatchUpsertPostsRequest& request,
                        Reply<v1::BatchUpsertPostsResponse> reply) const;
  void GetPost(const std::shared_ptr<const CallContext>& context, const v1::GetPostRequest& request,
               Reply<v1::GetPostResponse> reply) const;
  void DeletePost(const std::shared_ptr<const CallContext>& context, const v1::DeletePostRequest& request,
                  Reply<v1::DeletePostResponse> reply) const;
  void ListPosts(const std::shared_ptr<const CallContext>& context, const v1::ListPostsRequest& request,
                 Reply<v1::ListPostsResponse> reply) const;

 private:
  const CatalogParts parts_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_POST_HANDLERS_H_
