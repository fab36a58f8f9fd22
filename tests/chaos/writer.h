#ifndef STAFFROOM_TESTS_CHAOS_WRITER_H_
#define STAFFROOM_TESTS_CHAOS_WRITER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "grpcpp/channel.h"
#include "staffroom/v1/catalog_service.grpc.pb.h"
#include "staffroom/v1/interaction_service.grpc.pb.h"
#include "tests/chaos/ledger.h"

namespace staffroom {

// One client that writes one thing after another, never two of one key at a time, and keeps a ledger of it: accounts, posts,
// resources, follows, likes and reads, their changes and their deletions, singly and in batches. A request that the server's
// death left without an answer is sent again, with the same request_id, before anything else. All that it writes is its own (ids begin with
// its number), save that it also follows the common accounts. Used by one thread at a time.
class Writer {
 public:
  // The server's life from one start to the next kill, as all writers share it.
  struct Life {
    std::shared_ptr<grpc::Channel> channel;
    std::atomic<bool> stop{false};
    std::atomic<int> in_flight{0};  // calls that were sent and not answered
  };

  Writer(int number, uint64_t seed, const std::vector<std::string>* common_accounts);

  // Writes until it is told to stop or the server is gone. An error when the server refused what it had no reason to refuse.
  absl::Status Run(Life* life);

  Ledger& ledger() { return ledger_; }
  int64_t sent_again() const { return sent_again_; }
  int64_t found_done() const { return found_done_; }

 private:
  struct Edge {
    std::string key, actor, target;
  };
  struct Act {
    int weight;
    void (Writer::*perform)();
  };
  static const std::vector<Act>& Acts();

  void CreateAccount();
  void ChangeAccount();
  void DeleteAccount();
  void CreatePost();
  void ChangePost();
  void DeletePost();
  void Follow();
  void FollowSeveral();
  void Unfollow();
  void Like();
  void Unlike();
  void CreateResource();
  void ChangeResource();
  void DeleteResource();
  void Read();

  void SendAccount(const std::string& id, int64_t version);
  void SendPost(const std::string& id, const std::string& author, int64_t version);
  void SendResource(const std::string& id, const std::string& author, int64_t version);
  void SendUndo(std::vector<Edge>* edges, v1::Interaction::Kind kind);
  Edge DrawFollow();
  v1::Interaction InteractionOf(const Edge& edge, v1::Interaction::Kind kind) const;

  // Makes the call that sets `key` to `value`, and writes down what became of it.
  template <typename Stub, typename Request, typename Response>
  void Send(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), Request request,
            const std::string& key, int64_t value);
  // The same once more, to the next life: done before the crash, it must answer DUPLICATE.
  template <typename Stub, typename Request, typename Response>
  void SendAgain(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                 const Request& request, const std::string& key, int64_t value);
  v1::CatalogService::Stub* StubOf(const v1::CatalogService::Stub*) { return catalog_.get(); }
  v1::InteractionService::Stub* StubOf(const v1::InteractionService::Stub*) { return interactions_.get(); }
  template <typename Stub, typename Request, typename Response>
  grpc::Status Call(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response);
  void Settle(const std::string& key, const absl::Status& status, v1::Outcome::Value outcome,
              const std::string& revision);

  // Something of `ids` that stands, or "" when a few draws find none; `key` names it in the ledger.
  std::string DrawStanding(const std::vector<std::string>& ids, std::string (*key)(const std::string&));
  // Forgets what hangs on an account or a post that is deleted.
  void Abandon(const std::string& id);
  void Hang(const std::string& key, const std::string& id) { hanging_[id].push_back(key); }
  size_t Below(size_t end) { return static_cast<size_t>(random_() % end); }

  const int number_;
  const std::vector<std::string>& common_accounts_;
  std::mt19937_64 random_;
  Ledger ledger_;
  int64_t next_id_ = 0;
  std::vector<std::string> accounts_, posts_, resources_;
  absl::flat_hash_map<std::string, std::string> authors_;               // of posts
  std::vector<Edge> follows_, likes_;                                   // sent at some time
  absl::flat_hash_map<std::string, std::vector<std::string>> hanging_;  // ledger keys by the id they hang on

  // Of the present life.
  Life* life_ = nullptr;
  std::unique_ptr<v1::CatalogService::Stub> catalog_;
  std::unique_ptr<v1::InteractionService::Stub> interactions_;
  bool server_is_gone_ = false;
  std::function<void()> send_again_;  // the request that is not answered yet
  int64_t sent_again_ = 0;
  int64_t found_done_ = 0;
  absl::Status surprise_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CHAOS_WRITER_H_
