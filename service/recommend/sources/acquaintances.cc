#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/recommend/best_of.h"
#include "service/recommend/sources/sources.h"

namespace staffroom {
namespace {

constexpr size_t kCandidatesMax = 100;
// Beyond so many followers, that somebody follows the asker says nothing about the two.
constexpr uint32_t kFollowersMax = 5'000;

// Those who already have to do with the asker: who follow it, who answered it, whom it answered. An account that hides its
// follows is not given away by being suggested to whom it follows, and the answers of accounts that do not contribute are
// not looked at.
class Acquaintances : public Source {
 public:
  absl::string_view name() const override { return "acquaintances"; }
  bool needs_profile() const override { return false; }

  void Propose(const Asking& asking, Candidates* candidates) const override {
    if (asking.query.item_kind != storage::ITEM_ACCOUNT || !asking.asker) return;
    const ReadView& view = asking.view;
    DenseMap<uint32_t>& sums = asking.scratch.account_sums;
    if (view.graph.FollowerCount(asking.asker) <= kFollowersMax) {
      for (const AccountOrdinal follower : view.graph.Followers(asking.asker)) {
        if (!view.catalog.account(follower).follows_hidden) sums.At(follower.value()) += 1;
      }
    }
    for (const AccountOrdinal replier : view.graph.RepliersTo(asking.asker)) {
      if (view.engagement.Contributes(replier) && !view.catalog.account(replier).follows_hidden)
        sums.At(replier.value()) += 1;
    }
    if (asking.profiled) {
      for (const AccountOrdinal answered : view.graph.RepliedTo(asking.asker)) sums.At(answered.value()) += 1;
    }

    std::vector<Scored> found;
    for (const uint32_t ordinal : sums.written()) {
      const AccountOrdinal account(ordinal);
      if (!MayPropose(asking, Item(account))) continue;
      // Ties, and most are, go to the least followed: the famous need no introduction.
      const uint32_t unknown = std::numeric_limits<uint32_t>::max() - view.graph.FollowerCount(account);
      found.push_back({uint64_t{sums.Get(ordinal)} << 32 | unknown, ordinal});
    }
    sums.Clear();
    CutToBest(view, storage::ITEM_ACCOUNT, kCandidatesMax, &found);
    for (const Scored& scored : found) candidates->Propose(scored.ordinal);
  }
};

}  // namespace

std::unique_ptr<Source> NewAcquaintances() { return std::make_unique<Acquaintances>(); }

}  // namespace staffroom
