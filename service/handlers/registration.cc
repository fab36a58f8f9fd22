#include "service/handlers/registration.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/base/errors.h"
#include "service/dispatch/dispatcher.h"
#include "service/handlers/own_errors.h"

namespace staffroom {
namespace {

constexpr MethodOptions kReads{.lane = Lane::kInteractive, .role = Role::kReader};
constexpr MethodOptions kWrites{.lane = Lane::kInteractive, .role = Role::kWriter};
// A thousand texts to encode, a thousand records to read: not in the way of somebody who waits for one.
constexpr MethodOptions kWritesSlowly{.lane = Lane::kSlow, .role = Role::kWriter};
constexpr MethodOptions kAdministers{.lane = Lane::kSlow, .role = Role::kAdmin};

// Names RPCs of one service and the methods that serve them.
class Registration {
 public:
  Registration(Dispatcher& dispatcher, const HandlerSlot& slot, absl::string_view service)
      : dispatcher_(dispatcher), slot_(slot), service_(service) {}

  template <typename Part, typename Method>
  void Add(absl::string_view rpc, Part ServiceHandlers::* part, Method method, MethodOptions options) {
    AddTyped(rpc, part, method, options);
  }

 private:
  template <typename Part, typename Owner, typename Request, typename Response>
  void AddTyped(absl::string_view rpc, Part ServiceHandlers::* part,
                void (Owner::*method)(const std::shared_ptr<const CallContext>&, const Request&, Reply<Response>) const,
                MethodOptions options) {
    Plug<Request, Response>(rpc, part, method, options);
  }
  template <typename Part, typename Owner, typename Request, typename Response>
  void AddTyped(absl::string_view rpc, Part ServiceHandlers::* part,
                void (Owner::*method)(const std::shared_ptr<const CallContext>&, const Request&, Reply<Response>),
                MethodOptions options) {
    Plug<Request, Response>(rpc, part, method, options);
  }

  template <typename Request, typename Response, typename Part, typename Method>
  void Plug(absl::string_view rpc, Part ServiceHandlers::* part, Method method, MethodOptions options) {
    const HandlerSlot& slot = slot_;
    dispatcher_.Handle<Request, Response>(
        absl::StrCat(service_, "/", rpc),
        [&slot, part, method](const std::shared_ptr<const CallContext>& context, const Request& request,
                              Reply<Response> reply) {
          ServiceHandlers* const handlers = slot.get();
          if (handlers == nullptr) return reply(NotServing("the server is starting", absl::Seconds(1)));
          Serve(handlers->*part, method, context, request, std::move(reply));
        },
        options);
  }

  Dispatcher& dispatcher_;
  const HandlerSlot& slot_;
  const absl::string_view service_;
};

void RegisterCatalog(Registration catalog) {
  const auto accounts = &ServiceHandlers::accounts;
  catalog.Add("UpsertAccount", accounts, &AccountHandlers::UpsertAccount, kWrites);
  catalog.Add("BatchUpsertAccounts", accounts, &AccountHandlers::BatchUpsertAccounts, kWritesSlowly);
  catalog.Add("GetAccount", accounts, &AccountHandlers::GetAccount, kWrites);
  catalog.Add("DeleteAccount", accounts, &AccountHandlers::DeleteAccount, kWritesSlowly);
  catalog.Add("ListAccounts", accounts, &AccountHandlers::ListAccounts, kWritesSlowly);

  const auto posts = &ServiceHandlers::posts;
  catalog.Add("UpsertPost", posts, &PostHandlers::UpsertPost, kWrites);
  catalog.Add("BatchUpsertPosts", posts, &PostHandlers::BatchUpsertPosts, kWritesSlowly);
  catalog.Add("GetPost", posts, &PostHandlers::GetPost, kWrites);
  catalog.Add("DeletePost", posts, &PostHandlers::DeletePost, kWrites);
  catalog.Add("ListPosts", posts, &PostHandlers::ListPosts, kWritesSlowly);

  const auto resources = &ServiceHandlers::resources;
  catalog.Add("UpsertResource", resources, &ResourceHandlers::UpsertResource, kWrites);
  catalog.Add("BatchUpsertResources", resources, &ResourceHandlers::BatchUpsertResources, kWritesSlowly);
  catalog.Add("GetResource", resources, &ResourceHandlers::GetResource, kWrites);
  catalog.Add("DeleteResource", resources, &ResourceHandlers::DeleteResource, kWrites);
  catalog.Add("ListResources", resources, &ResourceHandlers::ListResources, kWritesSlowly);
}

void RegisterInteractions(Registration service) {
  const auto interactions = &ServiceHandlers::interactions;
  service.Add("WriteInteraction", interactions, &InteractionHandlers::WriteInteraction, kWrites);
  service.Add("BatchWriteInteractions", interactions, &InteractionHandlers::BatchWriteInteractions, kWritesSlowly);
  service.Add("DeleteInteraction", interactions, &InteractionHandlers::DeleteInteraction, kWrites);
}

void RegisterRecommendations(Registration service) {
  const auto recommendations = &ServiceHandlers::recommendations;
  service.Add("RecommendAccounts", recommendations, &RecommendationHandlers::RecommendAccounts, kReads);
  service.Add("RecommendResources", recommendations, &RecommendationHandlers::RecommendResources, kReads);
}

void RegisterAdmin(Registration service) {
  service.Add("GetStatus", &ServiceHandlers::admin, &AdminHandlers::GetStatus, kAdministers);
  const auto operations = &ServiceHandlers::operations;
  service.Add("Reembed", operations, &OperationHandlers::Reembed, kAdministers);
  service.Add("GetOperation", operations, &OperationHandlers::GetOperation, kAdministers);
  service.Add("ListOperations", operations, &OperationHandlers::ListOperations, kAdministers);
  service.Add("CancelOperation", operations, &OperationHandlers::CancelOperation, kAdministers);
}

}  // namespace

void RegisterServices(Dispatcher& dispatcher, const HandlerSlot& slot) {
  RegisterCatalog({dispatcher, slot, "staffroom.v1.CatalogService"});
  RegisterInteractions({dispatcher, slot, "staffroom.v1.InteractionService"});
  RegisterRecommendations({dispatcher, slot, "staffroom.v1.RecommendationService"});
  RegisterAdmin({dispatcher, slot, "staffroom.v1.AdminService"});
}

}  // namespace staffroom
