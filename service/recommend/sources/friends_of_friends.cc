#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/digest.h"
#include "service/recommend/best_of.h"
#include "service/recommend/sources/sources.h"

namespace staffroom {
namespace {

// Of the many with a path or two few are ever shown, and each costs the ranker half a microsecond.
size_t CandidatesFor(const Query& query) {
  constexpr size_t kPages = 6;
  constexpr size_t kMin = 160;
  constexpr size_t kMax = 600;
  return std::clamp(kPages * static_cast<size_t>(query.count), kMin, kMax);
}

// An account that is tied to more than this says little by each tie, and costs much to walk through.
constexpr uint32_t kDegreeMax = 2'000;
// Of the famous only their own choices say something, and looking at all who chose them takes too long.
constexpr uint32_t kFollowersMax = 1'000;
// Steps of one request, so that no asker holds the lock for long: at 10 ns a step, half a millisecond. A tie that is looked at
// in vain is a step, too; only noticeable accounts are counted, so that nobody quiet moves where the walk ends.
constexpr uint32_t kStepsMax = 50'000;
// Fixed point: sums of integers are the same in any order. 50,000 steps of at most 2^16 stay below 2^32.
constexpr float kOne = 1 << 16;

// asker – friend – candidate, where a line is a follow or an answer, in whichever direction:
//
//   friends(x) = Σ over friends v that are tied to x of 1/√(ties of v), divided by (1 + followers(x))^0.1
//
// A friend with few ties says more by each; the damping keeps the famous from being everybody's friend of a friend.
// Why both directions: who speaks to the people that the asker speaks to is near, whoever began. In a network of teachers'
// replies, paths in both directions found a hidden partner in ten places .29 of the time, paths along follows .22.
//
// A friend is passed through only if a reason could name it: shown to the asker, follows visible, no block or mute between.
// A follow by somebody who hides theirs ties nobody.
class FriendsOfFriends : public Source {
 public:
  FriendsOfFriends() : weights_(kDegreeMax + 1), damping_(kDampingKept) {
    for (size_t degree = 1; degree < weights_.size(); ++degree) {
      weights_[degree] = static_cast<uint32_t>(std::lround(kOne / std::sqrt(static_cast<float>(degree))));
    }
    for (size_t followers = 0; followers < damping_.size(); ++followers) {
      damping_[followers] = ComputeDamping(static_cast<uint32_t>(followers));
    }
  }

  absl::string_view name() const override { return "friends_of_friends"; }
  bool needs_profile() const override { return false; }

  void Propose(const Asking& asking, Candidates* candidates) const override {
    if (asking.query.item_kind != storage::ITEM_ACCOUNT || !asking.asker) return;
    Walk(asking);
    const ReadView& view = asking.view;
    DenseMap<uint32_t>& sums = asking.scratch.account_sums;
    std::vector<Scored> found;
    found.reserve(sums.written().size());
    for (const uint32_t ordinal : sums.written()) {
      const AccountOrdinal account(ordinal);
      if (!MayPropose(asking, Item(account))) continue;
      found.push_back({uint64_t{sums.Get(ordinal)} * Damping(view.graph.FollowerCount(account)), ordinal});
    }
    sums.Clear();
    CutToBest(view, storage::ITEM_ACCOUNT, CandidatesFor(asking.query), &found);
    for (const Scored& scored : found) {
      candidates->Propose(scored.ordinal).friends =
          static_cast<float>(static_cast<double>(scored.score) / (kOne * kOne));
    }
  }

 private:
  static constexpr size_t kDampingKept = 1 << 12;

  static uint32_t ComputeDamping(uint32_t followers) {
    return static_cast<uint32_t>(std::lround(kOne * std::pow(1.0f + static_cast<float>(followers), -0.1f)));
  }
  uint32_t Damping(uint32_t followers) const {
    return followers < damping_.size() ? damping_[followers] : ComputeDamping(followers);
  }

  struct Friend {
    AccountOrdinal account;
    uint64_t order = 0;  // by id: which friends are walked through when there are too many
  };

  static std::vector<Friend> FriendsOf(const Asking& asking) {
    const Graph& graph = asking.view.graph;
    std::vector<AccountOrdinal> tied;
    const auto add = [&](absl::Span<const AccountOrdinal> list) { tied.insert(tied.end(), list.begin(), list.end()); };
    add(graph.Following(asking.asker));
    if (graph.FollowerCount(asking.asker) <= kFollowersMax) add(graph.Followers(asking.asker));
    if (asking.profiled) add(graph.RepliedTo(asking.asker));
    AddRepliers(asking, &tied);
    std::sort(tied.begin(), tied.end());
    tied.erase(std::unique(tied.begin(), tied.end()), tied.end());
    std::vector<Friend> friends;
    for (const AccountOrdinal account : tied) {
      if (MayNameFollowsOf(asking, account)) friends.push_back({account});
    }
    return friends;
  }

  // Those who answered the asker; none when they are too many to say anything.
  static void AddRepliers(const Asking& asking, std::vector<AccountOrdinal>* tied) {
    const size_t before = tied->size();
    ForEachOnce(asking.view.graph.RepliersTo(asking.asker), [&](AccountOrdinal replier) {
      if (asking.view.engagement.Contributes(replier)) tied->push_back(replier);
      return tied->size() - before <= kFollowersMax;
    });
    if (tied->size() - before > kFollowersMax) tied->resize(before);
  }

  // Of a sorted list each account once, however often it is there; until `visit` says false.
  template <typename Visit>
  static void ForEachOnce(absl::Span<const AccountOrdinal> list, const Visit& visit) {
    for (auto it = list.begin(); it != list.end();) {
      const AccountOrdinal account = *it;
      if (!visit(account)) return;
      ++it;
      if (it != list.end() && *it == account) it = std::upper_bound(it, list.end(), account);
    }
  }

  // Adds up, in account_sums, what the friends say.
  void Walk(const Asking& asking) const {
    std::vector<Friend> friends = FriendsOf(asking);
    size_t steps_bound = 0;
    for (const Friend& a_friend : friends) {
      steps_bound += asking.view.graph.Following(a_friend.account).size();
      steps_bound += asking.view.graph.RepliedTo(a_friend.account).size();
      steps_bound += asking.view.graph.Followers(a_friend.account).size();
      steps_bound += asking.view.graph.RepliersTo(a_friend.account).size();
    }
    // Only when they might be too many does it matter in which order they come; then it is by hash of id.
    if (steps_bound > kStepsMax) {
      for (Friend& a_friend : friends) {
        a_friend.order = RecordHash().Add(asking.view.catalog.account(a_friend.account).id.view()).Finish();
      }
      std::sort(friends.begin(), friends.end(), [](const Friend& a, const Friend& b) { return a.order < b.order; });
    }
    Targets targets(&asking.scratch);
    for (const Friend& a_friend : friends) {
      const bool found = CollectTargets(asking, a_friend.account, &targets);
      if (targets.steps() > kStepsMax) break;
      if (!found) continue;
      const absl::Span<const AccountOrdinal> accounts = targets.accounts();
      const uint32_t weight = weights_[accounts.size()];
      for (const AccountOrdinal account : accounts) asking.scratch.account_sums.At(account.value()) += weight;
    }
  }

  // Accounts of one friend, sorted, each once.
  class Targets {
   public:
    explicit Targets(Scratch* scratch) : scratch_(*scratch) {}

    absl::Span<const AccountOrdinal> accounts() const { return accounts_; }
    uint32_t steps() const { return steps_; }  // of all friends so far
    void Clear() { accounts_.clear(); }

    // Adds those of a sorted list that are noticeable and `may_be_used`; false when there are too many to say anything. Too
    // many of one sort are too many of all; to stop short of that would keep whoever came first.
    template <typename MayBeUsed>
    bool Add(const Catalog& catalog, absl::Span<const AccountOrdinal> list, const MayBeUsed& may_be_used) {
      if (list.empty()) return true;
      added_.clear();
      ForEachOnce(list, [&](AccountOrdinal account) {
        ++scratch_.steps;
        if (catalog.flags(account).noticeable() && may_be_used(account)) added_.push_back(account);
        return added_.size() <= kDegreeMax;
      });
      steps_ += static_cast<uint32_t>(added_.size());
      if (added_.size() > kDegreeMax) return false;
      if (accounts_.empty()) {
        accounts_.swap(added_);
      } else if (!added_.empty()) {
        union_.clear();
        std::set_union(accounts_.begin(), accounts_.end(), added_.begin(), added_.end(), std::back_inserter(union_));
        accounts_.swap(union_);
      }
      return true;
    }

   private:
    Scratch& scratch_;
    std::vector<AccountOrdinal> accounts_, added_, union_;
    uint32_t steps_ = 0;
  };

  // Who is tied to the friend; false when there are none, or too many to say anything.
  static bool CollectTargets(const Asking& asking, AccountOrdinal a_friend, Targets* targets) {
    const ReadView& view = asking.view;
    const Catalog& catalog = view.catalog;
    const auto always = [](AccountOrdinal) { return true; };
    const auto shows_follows = [&](AccountOrdinal account) { return !catalog.flags(account).hides_follows(); };
    const auto contributes = [&](AccountOrdinal account) { return view.engagement.Contributes(account); };
    targets->Clear();
    if (view.graph.FollowingCount(a_friend) > kDegreeMax) return false;  // as the walk would find
    if (!targets->Add(catalog, view.graph.Following(a_friend), always)) return false;
    const bool is_famous = view.graph.FollowerCount(a_friend) > kFollowersMax;
    if (!is_famous && !targets->Add(catalog, view.graph.Followers(a_friend), shows_follows)) return false;
    if (contributes(a_friend) && !targets->Add(catalog, view.graph.RepliedTo(a_friend), always)) return false;
    if (!targets->Add(catalog, view.graph.RepliersTo(a_friend), contributes)) return false;
    return !targets->accounts().empty() && targets->accounts().size() <= kDegreeMax;
  }

  std::vector<uint32_t> weights_;  // by degree: 1/√degree
  std::vector<uint32_t> damping_;  // by followers
};

}  // namespace

std::unique_ptr<Source> NewFriendsOfFriends() { return std::make_unique<FriendsOfFriends>(); }

}  // namespace staffroom
