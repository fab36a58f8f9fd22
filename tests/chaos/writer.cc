#include "tests/chaos/writer.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "grpcpp/client_context.h"
#include "service/tokens/revision.h"
#include "tests/chaos/content.h"
#include "tests/support/rpc_status.h"

namespace staffroom {
namespace {

constexpr size_t kAccountsMax = 60;  // beyond these bounds it changes what there is
constexpr size_t kPostsMax = 300;
constexpr size_t kAccountsMin = 5;
constexpr int kDraws = 8;
constexpr size_t kBatchItemsMax = 20;
constexpr std::chrono::seconds kDeadline(30);

}  // namespace

Writer::Writer(int number, uint64_t seed, const std::vector<std::string>* common_accounts)
    : number_(number), common_accounts_(*common_accounts), random_(seed) {}

const std::vector<Writer::Act>& Writer::Acts() {
  static const auto& acts =
      *new std::vector<Act>{{10, &Writer::CreateAccount}, {10, &Writer::ChangeAccount}, {15, &Writer::CreatePost},
                            {7, &Writer::ChangePost},     {21, &Writer::Follow},        {10, &Writer::Unfollow},
                            {10, &Writer::Like},          {4, &Writer::Unlike},         {6, &Writer::DeletePost},
                            {2, &Writer::DeleteAccount},  {5, &Writer::FollowSeveral},  {6, &Writer::CreateResource},
                            {4, &Writer::ChangeResource}, {2, &Writer::DeleteResource}, {8, &Writer::Read}};
  return acts;
}

absl::Status Writer::Run(Life* life) {
  life_ = life;
  catalog_ = v1::CatalogService::NewStub(life->channel);
  interactions_ = v1::InteractionService::NewStub(life->channel);
  server_is_gone_ = false;
  if (const std::function<void()> send_again = std::move(send_again_); send_again) {
    send_again_ = nullptr;
    send_again();
  }
  size_t weights = 0;
  for (const Act& act : Acts()) weights += static_cast<size_t>(act.weight);
  while (!life->stop && !server_is_gone_ && surprise_.ok()) {
    size_t drawn = Below(weights);
    for (const Act& act : Acts()) {
      if (drawn < static_cast<size_t>(act.weight)) {
        (this->*act.perform)();
        break;
      }
      drawn -= static_cast<size_t>(act.weight);
    }
  }
  return surprise_;
}

template <typename Stub, typename Request, typename Response>
grpc::Status Writer::Call(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                          const Request& request, Response* response) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
  ++life_->in_flight;
  const grpc::Status status = (stub.*method)(&context, request, response);
  --life_->in_flight;
  return status;
}

template <typename Stub, typename Request, typename Response>
void Writer::Send(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  Request request, const std::string& key, int64_t value) {
  request.set_request_id(absl::StrCat("writer ", number_, " request ", next_id_++));
  ledger_.Sent(key, value);
  Response response;
  const grpc::Status status = Call(stub, method, request, &response);
  Settle(key, FromRpc(status, key), response.outcome(), response.revision());
  if (!server_is_gone_) return;
  send_again_ = [this, method, request, key, value] {
    SendAgain(*StubOf(static_cast<const Stub*>(nullptr)), method, request, key, value);
  };
}

// Of an account, a post or a resource every write changes the value, so what the disk holds tells whether it was done.
template <typename Stub, typename Request, typename Response>
void Writer::SendAgain(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                       const Request& request, const std::string& key, int64_t value) {
  const bool tells = absl::StartsWith(key, AccountKey("")) || absl::StartsWith(key, PostKey("")) ||
                     absl::StartsWith(key, ResourceKey(""));
  const bool was_done = tells && ledger_.ValueOf(key) == value;
  ledger_.Sent(key, value);
  Response response;
  const absl::Status status = FromRpc(Call(stub, method, request, &response), key);
  Settle(key, status, response.outcome(), response.revision());
  if (server_is_gone_) return;
  ++sent_again_;
  if (!was_done || !status.ok()) return;
  ++found_done_;
  if (response.outcome() != v1::Outcome::DUPLICATE) {
    surprise_.Update(absl::InternalError(absl::StrCat(key, " was done before the crash, and its repeat again")));
  }
}

// A status that leaves open whether the write was done leaves the ledger open too.
void Writer::Settle(const std::string& key, const absl::Status& status, v1::Outcome::Value outcome,
                    const std::string& revision) {
  if (status.ok()) {
    const absl::optional<Revision> parsed = ParseRevision(revision);
    if (!parsed.has_value()) surprise_.Update(absl::InternalError(absl::StrCat(key, ": no revision: ", revision)));
    if (outcome == v1::Outcome::STALE) surprise_.Update(absl::InternalError(absl::StrCat(key, ": STALE")));
    if (parsed.has_value()) ledger_.Acknowledged(key, parsed->number);
    return;
  }
  if (absl::IsUnavailable(status)) {
    server_is_gone_ = true;
    return;
  }
  if (absl::IsResourceExhausted(status)) return ledger_.Refused(key);
  surprise_.Update(status);
}

std::string Writer::DrawStanding(const std::vector<std::string>& ids, std::string (*key)(const std::string&)) {
  for (int draw = 0; draw < kDraws && !ids.empty(); ++draw) {
    const std::string& id = ids[Below(ids.size())];
    if (ledger_.Stands(key(id))) return id;
  }
  return "";
}

void Writer::Abandon(const std::string& id) {
  const auto found = hanging_.find(id);
  if (found == hanging_.end()) return;
  const std::vector<std::string> keys = std::move(found->second);
  hanging_.erase(found);
  for (const std::string& key : keys) {
    ledger_.Forget(key);
    if (absl::string_view post = key; absl::ConsumePrefix(&post, PostKey(""))) Abandon(std::string(post));
  }
}

void Writer::SendAccount(const std::string& id, int64_t version) {
  v1::UpsertAccountRequest request;
  *request.mutable_account() = AccountOf(id, version);
  Send(*catalog_, &v1::CatalogService::Stub::UpsertAccount, std::move(request), AccountKey(id), version);
}

void Writer::CreateAccount() {
  if (accounts_.size() >= kAccountsMax) return ChangeAccount();
  accounts_.push_back(absl::StrCat("writer-", number_, "-account-", next_id_++));
  SendAccount(accounts_.back(), 1);
}

void Writer::ChangeAccount() {
  const std::string id = DrawStanding(accounts_, AccountKey);
  if (!id.empty()) SendAccount(id, ledger_.ValueOf(AccountKey(id)) + 1);
}

void Writer::DeleteAccount() {
  const std::string id = DrawStanding(accounts_, AccountKey);
  if (id.empty() || accounts_.size() <= kAccountsMin) return;
  Abandon(id);
  accounts_.erase(std::find(accounts_.begin(), accounts_.end(), id));
  v1::DeleteAccountRequest request;
  request.set_id(id);
  Send(*catalog_, &v1::CatalogService::Stub::DeleteAccount, std::move(request), AccountKey(id), 0);
}

void Writer::SendPost(const std::string& id, const std::string& author, int64_t version) {
  v1::UpsertPostRequest request;
  *request.mutable_post() = PostOf(id, author, version);
  Send(*catalog_, &v1::CatalogService::Stub::UpsertPost, std::move(request), PostKey(id), version);
}

void Writer::CreatePost() {
  if (posts_.size() >= kPostsMax) return ChangePost();
  const std::string author = DrawStanding(accounts_, AccountKey);
  if (author.empty()) return;
  const std::string id = absl::StrCat("writer-", number_, "-post-", next_id_++);
  posts_.push_back(id);
  authors_[id] = author;
  Hang(PostKey(id), author);
  SendPost(id, author, 1);
}

void Writer::ChangePost() {
  const std::string id = DrawStanding(posts_, PostKey);
  if (!id.empty()) SendPost(id, authors_.at(id), ledger_.ValueOf(PostKey(id)) + 1);
}

void Writer::DeletePost() {
  const std::string id = DrawStanding(posts_, PostKey);
  if (id.empty()) return;
  Abandon(id);
  posts_.erase(std::find(posts_.begin(), posts_.end(), id));
  v1::DeletePostRequest request;
  request.set_id(id);
  Send(*catalog_, &v1::CatalogService::Stub::DeletePost, std::move(request), PostKey(id), 0);
}

void Writer::SendResource(const std::string& id, const std::string& author, int64_t version) {
  v1::UpsertResourceRequest request;
  *request.mutable_resource() = ResourceOf(id, author, version);
  Send(*catalog_, &v1::CatalogService::Stub::UpsertResource, std::move(request), ResourceKey(id), version);
}

// A resource outlives its author: it hangs on nobody.
void Writer::CreateResource() {
  const std::string author = DrawStanding(accounts_, AccountKey);
  if (resources_.size() >= kPostsMax || author.empty()) return ChangeResource();
  resources_.push_back(absl::StrCat("writer-", number_, "-resource-", next_id_++));
  SendResource(resources_.back(), author, 1);
}

void Writer::ChangeResource() {
  const std::string id = DrawStanding(resources_, ResourceKey);
  if (!id.empty()) SendResource(id, DrawStanding(accounts_, AccountKey), ledger_.ValueOf(ResourceKey(id)) + 1);
}

void Writer::DeleteResource() {
  const std::string id = DrawStanding(resources_, ResourceKey);
  if (id.empty()) return;
  resources_.erase(std::find(resources_.begin(), resources_.end(), id));
  v1::DeleteResourceRequest request;
  request.set_id(id);
  Send(*catalog_, &v1::CatalogService::Stub::DeleteResource, std::move(request), ResourceKey(id), 0);
}

void Writer::Read() {
  const std::string actor = DrawStanding(accounts_, AccountKey);
  const std::string post = DrawStanding(posts_, PostKey);
  if (actor.empty() || post.empty()) return;
  const std::string event_id = absl::StrCat("event-", next_id_++);
  const Edge read{ReadKey(actor, event_id), actor, post};
  Hang(read.key, actor);
  Hang(read.key, post);
  v1::WriteInteractionRequest request;
  *request.mutable_interaction() = InteractionOf(read, v1::Interaction::READ);
  request.mutable_interaction()->set_event_id(event_id);
  Send(*interactions_, &v1::InteractionService::Stub::WriteInteraction, std::move(request), read.key, 1);
}

v1::Interaction Writer::InteractionOf(const Edge& edge, v1::Interaction::Kind kind) const {
  v1::Interaction interaction;
  interaction.set_actor_id(edge.actor);
  interaction.set_kind(kind);
  if (kind == v1::Interaction::FOLLOW) {
    interaction.set_account_id(edge.target);
  } else {
    interaction.set_post_id(edge.target);
  }
  return interaction;
}

// The key is empty when there is nobody to follow.
Writer::Edge Writer::DrawFollow() {
  const std::string actor = DrawStanding(accounts_, AccountKey);
  const bool is_common = Below(2) == 0;
  const std::string target =
      is_common ? common_accounts_[Below(common_accounts_.size())] : DrawStanding(accounts_, AccountKey);
  if (actor.empty() || target.empty() || actor == target) return {};
  Edge follow{FollowKey(actor, target), actor, target};
  follows_.push_back(follow);
  Hang(follow.key, actor);
  if (!is_common) Hang(follow.key, target);
  return follow;
}

void Writer::Follow() {
  const Edge follow = DrawFollow();
  if (follow.key.empty()) return;
  v1::WriteInteractionRequest request;
  *request.mutable_interaction() = InteractionOf(follow, v1::Interaction::FOLLOW);
  Send(*interactions_, &v1::InteractionService::Stub::WriteInteraction, std::move(request), follow.key, 1);
}

void Writer::FollowSeveral() {
  v1::BatchWriteInteractionsRequest request;
  std::set<std::string> keys;
  std::vector<std::string> sent;
  for (size_t i = 0; i < kBatchItemsMax; ++i) {
    const Edge follow = DrawFollow();
    if (follow.key.empty() || !keys.insert(follow.key).second) continue;
    *request.add_requests()->mutable_interaction() = InteractionOf(follow, v1::Interaction::FOLLOW);
    sent.push_back(follow.key);
    ledger_.Sent(follow.key, 1);
  }
  if (sent.empty()) return;
  v1::BatchWriteInteractionsResponse response;
  const grpc::Status status =
      Call(*interactions_, &v1::InteractionService::Stub::BatchWriteInteractions, request, &response);
  for (size_t i = 0; i < sent.size(); ++i) {
    if (!status.ok() || response.results_size() != static_cast<int>(sent.size())) {
      Settle(sent[i], status.ok() ? absl::InternalError("a batch of another length") : FromRpc(status, "batch"), {},
             "");
      continue;
    }
    const v1::BatchItemResult& result = response.results(static_cast<int>(i));
    Settle(sent[i], FromRpc(result.status()), result.outcome(), response.revision());
  }
}

void Writer::SendUndo(std::vector<Edge>* edges, v1::Interaction::Kind kind) {
  for (int draw = 0; draw < kDraws && !edges->empty(); ++draw) {
    std::swap((*edges)[Below(edges->size())], edges->back());
    const Edge edge = std::move(edges->back());
    edges->pop_back();  // a later write of the same edge puts it back
    if (!ledger_.Stands(edge.key)) continue;
    v1::DeleteInteractionRequest request;
    *request.mutable_interaction() = InteractionOf(edge, kind);
    return Send(*interactions_, &v1::InteractionService::Stub::DeleteInteraction, std::move(request), edge.key, 0);
  }
}

void Writer::Unfollow() { SendUndo(&follows_, v1::Interaction::FOLLOW); }

void Writer::Like() {
  const std::string actor = DrawStanding(accounts_, AccountKey);
  const std::string post = DrawStanding(posts_, PostKey);
  if (actor.empty() || post.empty()) return;
  const Edge like{LikeKey(actor, post), actor, post};
  likes_.push_back(like);
  Hang(like.key, actor);
  Hang(like.key, post);
  v1::WriteInteractionRequest request;
  *request.mutable_interaction() = InteractionOf(like, v1::Interaction::LIKE);
  Send(*interactions_, &v1::InteractionService::Stub::WriteInteraction, std::move(request), like.key, 1);
}

void Writer::Unlike() { SendUndo(&likes_, v1::Interaction::LIKE); }

}  // namespace staffroom
