#ifndef STAFFROOM_TESTS_CLIENT_FAKE_SERVER_H_
#define STAFFROOM_TESTS_CLIENT_FAKE_SERVER_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "service/base/mutex.h"
#include "staffroom/v1/admin_service.grpc.pb.h"
#include "staffroom/v1/catalog_service.grpc.pb.h"
#include "staffroom/v1/interaction_service.grpc.pb.h"
#include "staffroom/v1/recommendation_service.grpc.pb.h"

namespace staffroom {

// A server of the real contract that keeps only what it was told: one line a write, `account ines`, in the order of arrival.
// An id `bad` is refused; whoever asks for recommendations without being `ines` is not found. What is deleted twice is not there
// the second time.
class FakeServer {
 public:
  FakeServer() : catalog_(&journal_), interactions_(&journal_) {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    for (grpc::Service* service : std::vector<grpc::Service*>{&catalog_, &interactions_, &recommendations_, &admin_}) {
      builder.RegisterService(service);
    }
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }
  ~FakeServer() { server_->Shutdown(); }

  const std::string& address() const { return address_; }
  std::vector<std::string> journal() { return journal_.Lines(); }
  // The next deletion of an interaction of this actor answers `status` and takes nothing back.
  void FailDeletion(const std::string& actor_id, const google::rpc::Status& status) {
    interactions_.FailDeletion(actor_id, status);
  }

 private:
  class Journal {
   public:
    // The status of the write.
    google::rpc::Status Write(const std::string& kind, const std::string& id, bool create_stubs) {
      google::rpc::Status status;
      if (id == "bad" || !create_stubs) {
        status.set_code(google::rpc::INVALID_ARGUMENT);
        status.set_message(id == "bad" ? "id: is bad" : "create_stubs: an import sets it");
        return status;
      }
      MutexLock lock(&mutex_);
      lines_.push_back(absl::StrCat(kind, " ", id));
      return status;
    }
    std::vector<std::string> Lines() {
      MutexLock lock(&mutex_);
      return lines_;
    }

   private:
    Mutex mutex_;
    std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
  };

  class Catalog : public v1::CatalogService::Service {
   public:
    explicit Catalog(Journal* journal) : journal_(*journal) {}
    grpc::Status BatchUpsertAccounts(grpc::ServerContext*, const v1::BatchUpsertAccountsRequest* request,
                                     v1::BatchUpsertAccountsResponse* response) override {
      for (const auto& one : request->requests()) {
        *response->add_results()->mutable_status() = journal_.Write("account", one.account().id(), one.create_stubs());
      }
      return grpc::Status::OK;
    }
    grpc::Status BatchUpsertPosts(grpc::ServerContext*, const v1::BatchUpsertPostsRequest* request,
                                  v1::BatchUpsertPostsResponse* response) override {
      for (const auto& one : request->requests()) {
        *response->add_results()->mutable_status() = journal_.Write("post", one.post().id(), one.create_stubs());
      }
      return grpc::Status::OK;
    }
    grpc::Status BatchUpsertResources(grpc::ServerContext*, const v1::BatchUpsertResourcesRequest* request,
                                      v1::BatchUpsertResourcesResponse* response) override {
      for (const auto& one : request->requests()) {
        *response->add_results()->mutable_status() =
            journal_.Write("resource", one.resource().id(), one.create_stubs());
      }
      return grpc::Status::OK;
    }

   private:
    Journal& journal_;
  };

  class Interactions : public v1::InteractionService::Service {
   public:
    explicit Interactions(Journal* journal) : journal_(*journal) {}
    grpc::Status BatchWriteInteractions(grpc::ServerContext*, const v1::BatchWriteInteractionsRequest* request,
                                        v1::BatchWriteInteractionsResponse* response) override {
      for (const auto& one : request->requests()) {
        *response->add_results()->mutable_status() =
            journal_.Write("interaction", one.interaction().actor_id(), one.create_stubs());
      }
      return grpc::Status::OK;
    }
    grpc::Status DeleteInteraction(grpc::ServerContext*, const v1::DeleteInteractionRequest* request,
                                   v1::DeleteInteractionResponse*) override {
      const std::string& actor = request->interaction().actor_id();
      {
        MutexLock lock(&mutex_);
        if (const auto failure = failures_.extract(actor)) return ToGrpc(failure.mapped());
        if (!deleted_.insert(actor).second) return {grpc::StatusCode::NOT_FOUND, "taken back before"};
      }
      return ToGrpc(journal_.Write("deleted", actor, request->create_stubs()));
    }
    void FailDeletion(const std::string& actor_id, const google::rpc::Status& status) {
      MutexLock lock(&mutex_);
      failures_[actor_id] = status;
    }

   private:
    static grpc::Status ToGrpc(const google::rpc::Status& status) {
      return {static_cast<grpc::StatusCode>(status.code()), status.message(), status.SerializeAsString()};
    }

    Journal& journal_;
    Mutex mutex_;
    std::map<std::string, google::rpc::Status> failures_ ABSL_GUARDED_BY(mutex_);
    std::set<std::string> deleted_ ABSL_GUARDED_BY(mutex_);
  };

  class Recommendations : public v1::RecommendationService::Service {
   public:
    grpc::Status RecommendAccounts(grpc::ServerContext*, const v1::RecommendAccountsRequest* request,
                                   v1::RecommendAccountsResponse* response) override {
      if (request->account_id() != "ines") return {grpc::StatusCode::NOT_FOUND, "there is no such account"};
      for (int i = 0; i < request->count(); ++i)
        response->add_results()->mutable_item()->set_account_id(absl::StrCat("t", i));
      if (request->explain()) response->mutable_trace()->add_stages()->set_name("ranking");
      return grpc::Status::OK;
    }
  };

  class Admin : public v1::AdminService::Service {
   public:
    grpc::Status GetStatus(grpc::ServerContext*, const v1::GetStatusRequest*,
                           v1::GetStatusResponse* response) override {
      response->set_accounts(1234);
      return grpc::Status::OK;
    }
  };

  Journal journal_;
  Catalog catalog_;
  Interactions interactions_;
  Recommendations recommendations_;
  Admin admin_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CLIENT_FAKE_SERVER_H_
