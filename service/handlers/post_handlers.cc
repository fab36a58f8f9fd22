#include "service/handlers/post_handlers.h"

#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "service/converters/post_converter.h"
#include "service/handlers/batch_write.h"
#include "service/handlers/item_requests.h"
#include "service/handlers/list_page.h"
#include "service/handlers/record_reader.h"
#include "service/handlers/write_reply.h"
#include "staffroom/v1/post.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

absl::StatusOr<std::vector<v1::Post>> Read(const RecordReader& reader, absl::Span<const uint32_t> ordinals) {
  return reader.Posts(ordinals);
}

}  // namespace

void PostHandlers::UpsertPost(const std::shared_ptr<const CallContext>&, const v1::UpsertPostRequest& request,
                              Reply<v1::UpsertPostResponse> reply) const {
  absl::StatusOr<storage::Mutation> mutation = PrepareUpsert(parts_, request);
  if (!mutation.ok()) return reply(mutation.status());
  SubmitAndReply(parts_.engine, *std::move(mutation), v1::UpsertPostResponse(), std::move(reply));
}

void PostHandlers::BatchUpsertPosts(const std::shared_ptr<const CallContext>& context,
                                    const v1::BatchUpsertPostsRequest& request,
                                    Reply<v1::BatchUpsertPostsResponse> reply) const {
  ReplyToBatch(
      {parts_.engine, parts_.log}, *context, request,
      [this](const v1::UpsertPostRequest& item) { return BatchItem{PrepareUpsert(parts_, item)}; }, std::move(reply));
}

void PostHandlers::GetPost(const std::shared_ptr<const CallContext>&, const v1::GetPostRequest& request,
                           Reply<v1::GetPostResponse> reply) const {
  reply(GetItem<v1::GetPostResponse, v1::Post>(parts_.store, storage::ITEM_POST, request.id(),
                                               &v1::GetPostResponse::mutable_post, Read));
}

void PostHandlers::DeletePost(const std::shared_ptr<const CallContext>&, const v1::DeletePostRequest& request,
                              Reply<v1::DeletePostResponse> reply) const {
  absl::StatusOr<storage::Mutation> mutation = ToMutation(request);
  if (!mutation.ok()) return reply(mutation.status());
  SubmitAndReply(parts_.engine, *std::move(mutation), v1::DeletePostResponse(), std::move(reply));
}

void PostHandlers::ListPosts(const std::shared_ptr<const CallContext>& context, const v1::ListPostsRequest& request,
                             Reply<v1::ListPostsResponse> reply) const {
  reply(ListPage<v1::ListPostsResponse, v1::Post>(parts_.store, parts_.list_tokens, *context, storage::ITEM_POST,
                                                  request, &v1::ListPostsResponse::mutable_posts, Read));
}

}  // namespace staffroom
