#ifndef STAFFROOM_SERVICE_VIEWS_GRAPH_H_
#define STAFFROOM_SERVICE_VIEWS_GRAPH_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/ordinal.h"
#include "service/engine/view.h"
#include "service/views/adjacency.h"
#include "service/views/catalog.h"
#include "service/views/engagement.h"
#include "storage/records.pb.h"

namespace staffroom {

// An account and a second, in 8 bytes: unfollowed then, accepted then.
struct TimedAccount {
  AccountOrdinal account;
  uint32_t time_s = 0;
  friend constexpr auto operator<=>(const TimedAccount&, const TimedAccount&) = default;
};

// The edges between accounts. Spans are sorted by ordinal and include accounts that are quiet, stubs or erased (an erased
// account's own are empty): edges are facts; who may be shown, counted or walked through is asked of the catalog (and of
// MayBeShown).
class Graph : public View {
 public:
  // Both must be loaded, and take each change, before this view.
  Graph(const Catalog* catalog, const EngagementView* engagement);

  absl::string_view name() const override { return "graph"; }
  absl::Status Load(const storage::Snapshot& snapshot) override;
  void Apply(const Change& change) noexcept override;
  uint64_t Digest() const override;
  int64_t Bytes() const override;

  absl::Span<const AccountOrdinal> Following(AccountOrdinal account) const { return follows_out_.Of(account.value()); }
  absl::Span<const AccountOrdinal> Followers(AccountOrdinal account) const { return follows_in_.Of(account.value()); }
  bool Follows(AccountOrdinal follower, AccountOrdinal followed) const {
    return follows_out_.Contains(follower.value(), followed);
  }
  // Whom the account stopped following, and when (tombstones; the reader decides how long that matters).
  absl::Span<const TimedAccount> Unfollowed(AccountOrdinal account) const { return unfollowed_.Of(account.value()); }

  // Followers that count: they exist, are in good standing and not quiet. The number that may be told.
  uint32_t FollowerCount(AccountOrdinal account) const { return At(follower_counts_, account.value()); }
  // Whom it follows, of those that count in the same sense.
  uint32_t FollowingCount(AccountOrdinal account) const { return At(following_counts_, account.value()); }
  // The number of followers, less follows that one of our own lists caused: what popularity is made of.
  uint32_t OrganicFollowerCount(AccountOrdinal account) const {
    return At(follower_counts_, account.value()) - At(attributed_counts_, account.value());
  }

  // Whom the account may not meet, either way: standing BLOCKs and REPORTs (a report of a post or a resource is one of its
  // author). An account can stand there more than once.
  absl::Span<const AccountOrdinal> Blocking(AccountOrdinal account) const { return blocks_out_.Of(account.value()); }
  absl::Span<const AccountOrdinal> BlockedBy(AccountOrdinal account) const { return blocks_in_.Of(account.value()); }
  bool BlockedEitherWay(AccountOrdinal a, AccountOrdinal b) const {
    return blocks_out_.Contains(a.value(), b) || blocks_out_.Contains(b.value(), a);
  }

  absl::Span<const AccountOrdinal> Muting(AccountOrdinal account) const { return mutes_.Of(account.value()); }

  // Organizations and networks with a standing JOIN of the account; accounts with a standing JOIN to the organization.
  absl::Span<const AccountOrdinal> Joined(AccountOrdinal account) const { return joins_out_.Of(account.value()); }
  absl::Span<const AccountOrdinal> Members(AccountOrdinal organization) const {
    return joins_in_.Of(organization.value());
  }

  // Who replied to the account or to its posts, once for every reply; and to whom the account replied.
  absl::Span<const AccountOrdinal> RepliersTo(AccountOrdinal account) const { return replies_in_.Of(account.value()); }
  absl::Span<const AccountOrdinal> RepliedTo(AccountOrdinal account) const { return replies_out_.Of(account.value()); }

  // Standing MENTOR_ACCEPTs of a mentor.
  absl::Span<const TimedAccount> Mentees(AccountOrdinal mentor) const { return mentees_.Of(mentor.value()); }

  int64_t follow_count() const { return follows_out_.size(); }
  // Heap bytes of both directions of FOLLOW.
  int64_t follow_bytes() const { return follows_out_.bytes() + follows_in_.bytes(); }
  // Standing edges of the kinds that only this view holds (FOLLOW, BLOCK, MUTE, JOIN, MENTOR_*).
  int64_t edge_count() const { return edge_count_; }

 private:
  using Edges = Adjacency<AccountOrdinal>;
  static uint32_t At(const std::vector<uint32_t>& counts, uint32_t i) { return i < counts.size() ? counts[i] : 0; }
  bool Counts(AccountOrdinal account) const { return account.value() < counts_.size() && counts_[account.value()]; }

  void Add(const storage::InteractionRecord& record, int sign);
  void AddFollow(const storage::InteractionRecord& record, int sign);
  void AddPair(Edges& out, Edges* in, AccountOrdinal from, AccountOrdinal to, int sign);
  void AddItemEdges(storage::ItemKind kind, uint32_t ordinal, AccountOrdinal author, int sign);
  AccountOrdinal AuthorOf(const storage::InteractionRecord& record) const;
  void Refresh(AccountOrdinal account);
  void Forget(AccountOrdinal account);

  const Catalog& catalog_;
  const EngagementView& engagement_;
  Edges follows_out_, follows_in_;
  Edges attributed_out_;  // the part of follows_out_ that one of our own lists caused; few
  Edges blocks_out_, blocks_in_;
  Edges mutes_;
  Edges joins_out_, joins_in_;
  Edges replies_out_, replies_in_;
  Edges mentor_requests_;  // nothing asks for them yet: they are here for the digest, which answers for all state
  Adjacency<TimedAccount> unfollowed_, mentees_;
  std::vector<uint32_t> follower_counts_, attributed_counts_, following_counts_;
  std::vector<bool> counts_;  // by account: it exists, is in good standing and not quiet
  int64_t edge_count_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_GRAPH_H_
