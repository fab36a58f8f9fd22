#include "service/views/graph.h"

#include <algorithm>
#include <cstdint>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/digest.h"
#include "service/base/ordinal.h"
#include "service/engine/change.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

TimedAccount Timed(const storage::InteractionRecord& record) {
  return {AccountOrdinal(record.target()),
          static_cast<uint32_t>(std::max<int64_t>(record.event_time(), 0) / 1'000'000)};
}

template <typename Entry>
void AddOrRemove(Adjacency<Entry>& edges, uint32_t ordinal, Entry entry, int sign) {
  if (sign > 0) {
    edges.Add(ordinal, entry);
  } else {
    edges.Remove(ordinal, entry);
  }
}

void Count(std::vector<uint32_t>& counts, AccountOrdinal account, int sign) {
  if (account.value() >= counts.size()) counts.resize(account.value() + 1);
  counts[account.value()] += static_cast<uint32_t>(sign);
}

}  // namespace

Graph::Graph(const Catalog* catalog, const EngagementView* engagement) : catalog_(*catalog), engagement_(*engagement) {}

absl::Status Graph::Load(const storage::Snapshot& snapshot) {
  for (uint32_t i = 1; i < catalog_.account_limit(); ++i) Refresh(AccountOrdinal(i));
  const auto add = [this](const storage::InteractionRecord& record) {
    Add(record, +1);
    return absl::OkStatus();
  };
  absl::Status status = storage::ScanEdges(snapshot, add);
  if (status.ok()) status = storage::ScanEvents(snapshot, add);
  if (!status.ok()) return status;
  return storage::ScanPurges(snapshot, [this](const storage::Item& item, int64_t) {
    if (item.kind == storage::ITEM_ACCOUNT) Forget(AccountOrdinal(item.ordinal));
    return absl::OkStatus();
  });
}

void Graph::Apply(const Change& change) noexcept {
  if (const auto* account = std::get_if<AccountChanged>(&change)) Refresh(AccountOrdinal(account->record.ordinal()));
  if (const auto* account = std::get_if<AccountErased>(&change)) {
    Refresh(account->account);
    Forget(account->account);
  }
  if (const auto* post = std::get_if<PostChanged>(&change)) {
    const AccountOrdinal author(post->record.stub() ? 0 : post->record.author());
    if (author == post->author_before) return;
    AddItemEdges(storage::ITEM_POST, post->record.ordinal(), post->author_before, -1);
    AddItemEdges(storage::ITEM_POST, post->record.ordinal(), author, +1);
  }
  if (const auto* resource = std::get_if<ResourceChanged>(&change)) {
    const AccountOrdinal author(resource->record.stub() ? 0 : resource->record.author());
    if (author == resource->author_before) return;
    AddItemEdges(storage::ITEM_RESOURCE, resource->record.ordinal(), resource->author_before, -1);
    AddItemEdges(storage::ITEM_RESOURCE, resource->record.ordinal(), author, +1);
  }
  if (const auto* post = std::get_if<PostErased>(&change)) {
    AddItemEdges(storage::ITEM_POST, post->post.value(), post->author, -1);
  }
  if (const auto* resource = std::get_if<ResourceErased>(&change)) {
    AddItemEdges(storage::ITEM_RESOURCE, resource->resource.value(), resource->author, -1);
  }
  if (const auto* interaction = std::get_if<InteractionChanged>(&change)) {
    if (interaction->before.has_value()) Add(*interaction->before, -1);
    Add(interaction->record, +1);
  }
  if (const auto* erased = std::get_if<InteractionErased>(&change)) Add(erased->record, -1);
}

void Graph::Add(const storage::InteractionRecord& record, int sign) {
  const AccountOrdinal actor(record.actor());
  const AccountOrdinal target(record.target());
  if (record.deleted()) {
    if (record.kind() == storage::FOLLOW) AddOrRemove(unfollowed_, actor.value(), Timed(record), sign);
    return;
  }
  switch (record.kind()) {
    case storage::FOLLOW:
      AddFollow(record, sign);
      break;
    case storage::BLOCK:
      AddPair(blocks_out_, &blocks_in_, actor, target, sign);
      break;
    case storage::MUTE:
      AddPair(mutes_, nullptr, actor, target, sign);
      break;
    case storage::JOIN:
      AddPair(joins_out_, &joins_in_, actor, target, sign);
      break;
    case storage::MENTOR_REQUEST:
      AddPair(mentor_requests_, nullptr, actor, target, sign);
      break;
    case storage::MENTOR_ACCEPT:
      AddOrRemove(mentees_, actor.value(), Timed(record), sign);
      break;
    case storage::REPORT:
      AddPair(blocks_out_, &blocks_in_, actor, AuthorOf(record), sign);
      return;
    case storage::REPLY:
      AddPair(replies_out_, &replies_in_, actor, AuthorOf(record), sign);
      return;
    default:
      return;
  }
  edge_count_ += sign;
}

void Graph::AddFollow(const storage::InteractionRecord& record, int sign) {
  const AccountOrdinal follower(record.actor());
  const AccountOrdinal followed(record.target());
  AddPair(follows_out_, &follows_in_, follower, followed, sign);
  if (record.attributed()) AddPair(attributed_out_, nullptr, follower, followed, sign);
  if (follower == followed) return;
  if (Counts(followed)) Count(following_counts_, follower, sign);
  if (!Counts(follower)) return;
  Count(follower_counts_, followed, sign);
  if (record.attributed()) Count(attributed_counts_, followed, sign);
}

// An edge from an account to itself (a reply under one's own post, a report of one's own) says nothing and is left out.
void Graph::AddPair(Edges& out, Edges* in, AccountOrdinal from, AccountOrdinal to, int sign) {
  if (!to || from == to) return;
  AddOrRemove(out, from.value(), to, sign);
  if (in != nullptr) AddOrRemove(*in, to.value(), from, sign);
}

// What was done to an item becomes, or ceases to be, an edge to its author: posts may arrive after the replies to them.
void Graph::AddItemEdges(storage::ItemKind kind, uint32_t ordinal, AccountOrdinal author, int sign) {
  if (!author) return;
  for (const ItemActor item_actor : engagement_.ActorsOf(kind, ordinal)) {
    if (item_actor.kind() == storage::REPORT) AddPair(blocks_out_, &blocks_in_, item_actor.actor(), author, sign);
    if (item_actor.kind() == storage::REPLY) AddPair(replies_out_, &replies_in_, item_actor.actor(), author, sign);
  }
}

AccountOrdinal Graph::AuthorOf(const storage::InteractionRecord& record) const {
  switch (record.target_kind()) {
    case storage::ITEM_ACCOUNT:
      return AccountOrdinal(record.target());
    case storage::ITEM_POST: {
      const PostEntry& post = catalog_.post(PostOrdinal(record.target()));
      return post.exists() ? post.author : AccountOrdinal();
    }
    case storage::ITEM_RESOURCE: {
      const ResourceEntry& resource = catalog_.resource(ResourceOrdinal(record.target()));
      return resource.exists() ? resource.author : AccountOrdinal();
    }
    default:
      return AccountOrdinal();
  }
}

void Graph::Refresh(AccountOrdinal account) {
  if (account.value() >= counts_.size()) counts_.resize(account.value() + 1);
  const AccountEntry& entry = catalog_.account(account);
  const bool counts = entry.exists() && entry.state == storage::ACTIVE && !entry.quiet();
  if (counts == counts_[account.value()]) return;
  counts_[account.value()] = counts;
  for (const AccountOrdinal followed : Following(account)) {
    Count(follower_counts_, followed, counts ? +1 : -1);
    if (attributed_out_.Contains(account.value(), followed)) Count(attributed_counts_, followed, counts ? +1 : -1);
  }
  for (const AccountOrdinal follower : Followers(account)) Count(following_counts_, follower, counts ? +1 : -1);
}

// The lists of an erased account go at once: nobody asks for them any more, and its purge, which then finds nothing in them,
// has only the short lists of the others to change.
void Graph::Forget(AccountOrdinal account) {
  for (Edges* const edges : {&follows_out_, &follows_in_, &attributed_out_, &blocks_out_, &blocks_in_, &mutes_,
                             &joins_out_, &joins_in_, &replies_out_, &replies_in_, &mentor_requests_}) {
    edges->Clear(account.value());
  }
  unfollowed_.Clear(account.value());
  mentees_.Clear(account.value());
}

uint64_t Graph::Digest() const {
  uint64_t sum = 0;
  const auto add = [&](absl::string_view relation, uint32_t from, AccountOrdinal to, uint64_t number) {
    const AccountEntry& first = catalog_.account(AccountOrdinal(from));
    const AccountEntry& second = catalog_.account(to);
    if (!first.present || !second.present) return;  // erased, its purge under way
    sum += RecordHash().Add(relation).Add(first.id.view()).Add(second.id.view()).Add(number).Finish();
  };
  const auto add_edges = [&](absl::string_view relation, const Edges& edges) {
    for (uint32_t from = 1; from < edges.limit(); ++from) {
      for (const AccountOrdinal to : edges.Of(from)) add(relation, from, to, 0);
    }
  };
  const auto add_timed = [&](absl::string_view relation, const Adjacency<TimedAccount>& edges) {
    for (uint32_t from = 1; from < edges.limit(); ++from) {
      for (const TimedAccount to : edges.Of(from)) add(relation, from, to.account, to.time_s);
    }
  };
  add_edges("follows", follows_out_);
  add_edges("followed by", follows_in_);
  add_edges("attributed", attributed_out_);
  add_edges("blocks", blocks_out_);
  add_edges("blocked by", blocks_in_);
  add_edges("mutes", mutes_);
  add_edges("joins", joins_out_);
  add_edges("joined by", joins_in_);
  add_edges("replied to", replies_out_);
  add_edges("replied by", replies_in_);
  add_edges("asks", mentor_requests_);
  add_timed("unfollowed", unfollowed_);
  add_timed("mentors", mentees_);
  for (uint32_t i = 1; i < follower_counts_.size(); ++i) {
    const AccountOrdinal account(i);
    if (FollowerCount(account) == 0) continue;
    add("followers", i, account, uint64_t{FollowerCount(account)} << 32 | OrganicFollowerCount(account));
  }
  for (uint32_t i = 1; i < following_counts_.size(); ++i) {
    if (following_counts_[i] != 0) add("following", i, AccountOrdinal(i), following_counts_[i]);
  }
  return sum;
}

int64_t Graph::Bytes() const {
  int64_t bytes = unfollowed_.bytes() + mentees_.bytes();
  for (const Edges* edges : {&follows_out_, &follows_in_, &attributed_out_, &blocks_out_, &blocks_in_, &mutes_,
                             &joins_out_, &joins_in_, &replies_out_, &replies_in_, &mentor_requests_}) {
    bytes += edges->bytes();
  }
  bytes += static_cast<int64_t>(
      (follower_counts_.capacity() + attributed_counts_.capacity() + following_counts_.capacity()) * sizeof(uint32_t));
  return bytes + static_cast<int64_t>(counts_.capacity() / 8);
}

}  // namespace staffroom
