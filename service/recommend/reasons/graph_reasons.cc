#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/recommend/common_accounts.h"
#include "service/recommend/reasons/finders.h"

namespace staffroom {
namespace {

// Keeps the three best known of the accounts it is given, ties by id: a name the asker recognises says more.
class BestKnown {
 public:
  explicit BestKnown(const ReadView& view) : view_(view) {}
  void Add(AccountOrdinal account) {
    ++count_;
    for (Item& place : named_) {
      if (place && !Before(account, place.account())) continue;
      const AccountOrdinal moved = place.account();
      place = Item(account);
      if (!moved) return;
      account = moved;
    }
  }
  const Evidence& named() const { return named_; }
  int count() const { return count_; }

 private:
  bool Before(AccountOrdinal a, AccountOrdinal b) const {
    const uint32_t known_a = view_.graph.FollowerCount(a);
    const uint32_t known_b = view_.graph.FollowerCount(b);
    if (known_a != known_b) return known_a > known_b;
    return view_.catalog.account(a).id.view() < view_.catalog.account(b).id.view();
  }

  const ReadView& view_;
  Evidence named_;
  int count_ = 0;
};

}  // namespace

absl::optional<DraftReason> FollowedByPeopleYouFollow(const Asking& asking, Item candidate) {
  if (!asking.asker || !candidate.account()) return absl::nullopt;
  const Graph& graph = asking.view.graph;
  BestKnown known(asking.view);
  AnyCommonAccount(graph.Following(asking.asker), graph.Followers(candidate.account()), [&](AccountOrdinal middle) {
    if (MayNameFollowsOf(asking, middle) && !graph.BlockedEitherWay(middle, candidate.account())) known.Add(middle);
    return false;
  });
  if (known.count() == 0) return absl::nullopt;
  return DraftReason{ReasonKind::kFollowedByPeopleYouFollow, known.named(), known.count(), ""};
}

absl::optional<DraftReason> FollowsYou(const Asking& asking, Item candidate) {
  if (!asking.asker || !candidate.account()) return absl::nullopt;
  if (!MayNameFollowsOf(asking, candidate.account())) return absl::nullopt;
  const absl::Span<const AccountOrdinal> followers = asking.view.graph.Followers(asking.asker);
  if (!std::binary_search(followers.begin(), followers.end(), candidate.account())) return absl::nullopt;
  return DraftReason{ReasonKind::kFollowsYou, {candidate}, 0, ""};
}

absl::optional<DraftReason> RepliedToYou(const Asking& asking, Item candidate) {
  if (!asking.asker || !candidate.account()) return absl::nullopt;
  if (!MayNameFollowsOf(asking, candidate.account()) || !asking.view.engagement.Contributes(candidate.account())) {
    return absl::nullopt;
  }
  const absl::Span<const AccountOrdinal> repliers = asking.view.graph.RepliersTo(asking.asker);
  if (!std::binary_search(repliers.begin(), repliers.end(), candidate.account())) return absl::nullopt;
  return DraftReason{ReasonKind::kRepliedToYou, {candidate}, 0, ""};
}

absl::optional<DraftReason> SameOrganization(const Asking& asking, Item candidate) {
  if (!asking.asker || !candidate.account()) return absl::nullopt;
  const Graph& graph = asking.view.graph;
  BestKnown known(asking.view);
  AnyCommonAccount(graph.Joined(asking.asker), graph.Joined(candidate.account()), [&](AccountOrdinal organization) {
    if (MayNameFollowsOf(asking, organization) && !graph.BlockedEitherWay(organization, candidate.account())) {
      known.Add(organization);
    }
    return false;
  });
  if (known.count() == 0) return absl::nullopt;
  return DraftReason{ReasonKind::kSameOrganization, {known.named()[0]}, 0, ""};
}

}  // namespace staffroom
