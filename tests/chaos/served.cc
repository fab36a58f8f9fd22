#include "tests/chaos/served.h"

#include <cstdint>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"
#include "staffroom/v1/admin_service.grpc.pb.h"
#include "staffroom/v1/catalog_service.grpc.pb.h"
#include "tests/chaos/content.h"
#include "tests/support/rpc_status.h"

namespace staffroom {
namespace {

constexpr int kPageSize = 1'000;
constexpr absl::Duration kPollInterval = absl::Milliseconds(20);

// Asks for page after page and hands each to `take`.
template <typename Request, typename Response, typename Stub, typename Take>
absl::Status ListAll(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                     const Take& take) {
  Request request;
  request.set_page_size(kPageSize);
  do {
    grpc::ClientContext context;
    Response response;
    if (absl::Status status = FromRpc((stub.*method)(&context, request, &response), "a list"); !status.ok())
      return status;
    take(response);
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<absl::flat_hash_map<std::string, int64_t>> ListServed(const std::shared_ptr<grpc::Channel>& channel) {
  const auto catalog = v1::CatalogService::NewStub(channel);
  absl::flat_hash_map<std::string, int64_t> served;
  absl::Status status =
      ListAll(*catalog, &v1::CatalogService::Stub::ListAccounts, [&](const v1::ListAccountsResponse& page) {
        for (const v1::Account& account : page.accounts()) served[AccountKey(account.id())] = AccountVersion(account);
      });
  status.Update(ListAll(*catalog, &v1::CatalogService::Stub::ListPosts, [&](const v1::ListPostsResponse& page) {
    for (const v1::Post& post : page.posts()) served[PostKey(post.id())] = PostVersion(post);
  }));
  status.Update(ListAll(*catalog, &v1::CatalogService::Stub::ListResources, [&](const v1::ListResourcesResponse& page) {
    for (const v1::Resource& resource : page.resources())
      served[ResourceKey(resource.id())] = ResourceVersion(resource);
  }));
  if (!status.ok()) return status;
  return served;
}

absl::StatusOr<uint64_t> ServedDigest(const std::shared_ptr<grpc::Channel>& channel, absl::Duration timeout) {
  const auto admin = v1::AdminService::NewStub(channel);
  const absl::Time deadline = absl::Now() + timeout;
  for (;;) {
    grpc::ClientContext context;
    v1::GetStatusResponse response;
    if (absl::Status status = FromRpc(admin->GetStatus(&context, {}, &response), "GetStatus"); !status.ok())
      return status;
    uint64_t digest = 0;
    if (!absl::SimpleHexAtoi(response.digest(), &digest)) {
      return absl::InternalError(absl::StrCat("\"", response.digest(), "\" is no digest"));
    }
    if (!response.has_oldest_pending_purge_time()) return digest;
    if (absl::Now() > deadline) return absl::DeadlineExceededError("the server's purges do not end");
    absl::SleepFor(kPollInterval);
  }
}

}  // namespace staffroom
