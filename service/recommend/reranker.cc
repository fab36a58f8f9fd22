#include "service/recommend/reranker.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/base/digest.h"
#include "service/recommend/impressions.h"
#include "service/recommend/popular_items.h"

namespace staffroom {
namespace {

constexpr float kDiscountAnImpression = 0.85f;
constexpr float kDiscountLeast = 0.3f;  // as after seven
constexpr float kDislikeWeight = 0.8f;
constexpr float kSameOwnerLikeness = 0.6f;  // two things of one hand are alike, whatever they are about
// Of ten places organizations and networks take at most three, and of fewer at most one.
constexpr size_t kOrganizationsOfTen = 3;
constexpr uint32_t kLittleKnownFollowers = 100;
constexpr uint32_t kActiveSeconds = 90 * 86'400;
// Beyond so many places nobody reads on, and each place costs a pass over the window.
constexpr size_t kDiversePlacesMax = 40;
constexpr size_t kWindowPlaces = 3;  // places are given from the best 3 × as many candidates
constexpr size_t kWindowMin = 60;
constexpr uint32_t kDaySeconds = 86'400;

// Gives the places of one request.
class Placement {
 public:
  Placement(const Asking& asking, std::vector<Ranked> by_score)
      : asking_(asking),
        view_(asking.view),
        pool_(std::move(by_score)),
        taken_(pool_.size()),
        is_organization_(pool_.size()),
        nearest_(pool_.size()) {
    const size_t count = static_cast<size_t>(asking.query.count);
    places_ = std::min(count, pool_.size());
    window_ = std::min(pool_.size(), std::max(kWindowMin, kWindowPlaces * count));
    const float places = static_cast<float>(places_);
    organizations_left_ = std::max<size_t>(1, places_ * kOrganizationsOfTen / 10);
    // The first place is never a gamble.
    const size_t explored =
        std::min(static_cast<size_t>(asking.query.knobs.exploration * places), std::max<size_t>(places_, 1) - 1);
    ranked_places_ = places_ - explored;
    emerging_wanted_ = std::min(static_cast<size_t>(asking.query.knobs.emerging_share * places), ranked_places_);
    is_flat_ = asking.query.knobs.diversity <= 0;
    for (size_t i = 0; i < pool_.size(); ++i) is_organization_[i] = IsOrganization(i);
    if (emerging_wanted_ > 0) NoteEmerging();
    if (explored > 0) NoteExplorable();
  }

  std::vector<Ranked> Run() {
    std::vector<Ranked> placed;
    placed.reserve(pool_.size());
    for (size_t place = 0; place < places_; ++place) {
      if (place == kDiversePlacesMax) StopDiversifying();
      const size_t explored = place < ranked_places_ ? pool_.size() : ChooseExplored();
      Take(explored == pool_.size() ? Choose(place) : explored, &placed);
    }
    StopDiversifying();
    for (size_t i = 0; i < pool_.size(); ++i) {
      if (!taken_[i]) Take(i, &placed);
    }
    return placed;
  }

 private:
  Item ItemOf(size_t i) const { return Item(asking_.query.item_kind, pool_[i].candidate.ordinal); }

  bool IsOrganization(size_t i) const {
    if (asking_.query.item_kind != storage::ITEM_ACCOUNT) return false;
    const storage::AccountKind kind = view_.catalog.account(ItemOf(i).account()).kind;
    return kind == storage::ORGANIZATION || kind == storage::NETWORK;
  }

  // Little known, and heard of lately: of a resource, its author.
  bool IsEmerging(size_t i) const {
    ++asking_.scratch.steps;
    const AccountOrdinal account = OwnersOf(view_, ItemOf(i))[0];
    if (!account || view_.graph.FollowerCount(account) > kLittleKnownFollowers) return false;
    return LastSeenOf(view_, Item(account)) + int64_t{kActiveSeconds} >= asking_.now_s;
  }

  // Once for each candidate: whoever chooses a place goes through many.
  void NoteEmerging() {
    is_emerging_.resize(pool_.size());
    for (size_t i = 0; i < pool_.size(); ++i) is_emerging_[i] = IsEmerging(i);
  }

  // Those that would not be seen otherwise, by hash.
  void NoteExplorable() {
    const uint64_t seed = ExplorationSeed(asking_.query);
    for (size_t i = places_; i < pool_.size(); ++i) {
      ++asking_.scratch.steps;
      explorable_.emplace_back(RecordHash().Add(seed).Add(IdOf(view_, ItemOf(i))).Finish(), i);
    }
    std::sort(explorable_.begin(), explorable_.end());
  }

  float Value(size_t i) const {
    const Ranked& ranked = pool_[i];
    const float likeness_discount = 1.0f - asking_.query.knobs.diversity * nearest_[i];
    return ranked.candidate.score * likeness_discount;
  }

  // The best of the first `end` that satisfies `eligible`; pool size when none does. While nothing is discounted, the pool is
  // in order already.
  template <typename Eligible>
  size_t Best(size_t end, const Eligible& eligible) const {
    size_t best = pool_.size();
    for (size_t i = 0; i < end; ++i) {
      if (taken_[i] || !eligible(i)) continue;
      if (is_flat_) return i;
      if (best == pool_.size() || Value(i) > Value(best) || (Value(i) == Value(best) && IdLess(i, best))) best = i;
    }
    return best;
  }
  bool IdLess(size_t a, size_t b) const { return IdOf(view_, ItemOf(a)) < IdOf(view_, ItemOf(b)); }

  bool HasRoom(size_t i) const { return organizations_left_ > 0 || !is_organization_[i]; }

  size_t Choose(size_t place) {
    const auto has_room = [this](size_t i) { return HasRoom(i); };
    if (emerging_wanted_ > 0 && place < ranked_places_ && emerging_wanted_ >= ranked_places_ - place) {
      const size_t best = Best(pool_.size(), [this](size_t i) { return HasRoom(i) && is_emerging_[i]; });
      if (best != pool_.size()) return best;
      emerging_wanted_ = 0;  // nobody is left, and nobody will be
    }
    if (const size_t best = Best(window_, has_room); best != pool_.size()) return best;
    if (const size_t best = Best(pool_.size(), has_room); best != pool_.size()) return best;
    return Best(pool_.size(), [](size_t) { return true; });
  }

  // The next of the explorable; who is passed over, because it is taken or an organization too many, stays so.
  size_t ChooseExplored() {
    while (next_explorable_ < explorable_.size()) {
      const size_t i = explorable_[next_explorable_++].second;
      if (!taken_[i] && HasRoom(i)) return i;
    }
    return pool_.size();
  }

  void Take(size_t i, std::vector<Ranked>* placed) {
    taken_[i] = true;
    Ranked& ranked = pool_[i];
    ranked.likeness_discount = 1.0f - asking_.query.knobs.diversity * nearest_[i];
    ranked.candidate.score = Value(i);
    if (!placed->empty()) ranked.candidate.score = std::min(ranked.candidate.score, placed->back().candidate.score);
    if (is_organization_[i] && organizations_left_ > 0) --organizations_left_;
    if (emerging_wanted_ > 0 && is_emerging_[i]) --emerging_wanted_;
    placed->push_back(ranked);
    if (asking_.query.knobs.diversity > 0 && placed->size() < std::min(places_, kDiversePlacesMax)) NoteLikenessTo(i);
  }

  void NoteLikenessTo(size_t taken) {
    const auto owners = OwnersOf(view_, ItemOf(taken));
    std::vector<size_t> open;
    std::vector<uint32_t> ordinals;
    for (size_t i = 0; i < window_; ++i) {
      if (taken_[i]) continue;
      open.push_back(i);
      ordinals.push_back(pool_[i].candidate.ordinal);
    }
    std::vector<float> likenesses(open.size());
    view_.vectors.CompareTo(asking_.query.item_kind, pool_[taken].candidate.ordinal, ordinals,
                            absl::MakeSpan(likenesses));
    for (size_t k = 0; k < open.size(); ++k) {
      const size_t i = open[k];
      float likeness = likenesses[k];
      if (asking_.query.item_kind != storage::ITEM_ACCOUNT && owners[0] && owners[0] == OwnersOf(view_, ItemOf(i))[0]) {
        likeness = std::max(likeness, kSameOwnerLikeness);
      }
      nearest_[i] = std::max(nearest_[i], likeness);
    }
  }

  // From here on nobody is discounted for being like those above: the order is that of the scores again.
  void StopDiversifying() {
    std::fill(nearest_.begin(), nearest_.end(), 0.0f);
    is_flat_ = true;
  }

  const Asking& asking_;
  const ReadView& view_;
  std::vector<Ranked> pool_;  // by score, ties by id
  std::vector<bool> taken_;
  std::vector<bool> is_organization_;
  std::vector<bool> is_emerging_;  // empty when no place is kept for them
  std::vector<std::pair<uint64_t, size_t>> explorable_;
  size_t next_explorable_ = 0;
  std::vector<float> nearest_;  // greatest likeness to one already placed
  bool is_flat_ = false;        // nobody is discounted for likeness
  size_t places_ = 0;
  size_t ranked_places_ = 0;  // of them, those that are not explored; these come first
  size_t window_ = 0;
  size_t organizations_left_ = 0;
  size_t emerging_wanted_ = 0;
};

// What the asker does not want: each of the first few disliked examples, and the middle of them all.
class Dislikes {
 public:
  explicit Dislikes(const Asking& asking) : view_(asking.view) {
    std::vector<float> middle(static_cast<size_t>(view_.vectors.dimensions()));
    for (const Item item : asking.disliked) {
      const absl::Span<const float> vector = VectorOf(view_, item);
      if (vector.empty()) continue;
      if (vectors_.size() < kDislikesCompared) vectors_.push_back(vector);
      for (size_t i = 0; i < middle.size(); ++i) middle[i] += vector[i];
    }
    const float squares = std::inner_product(middle.begin(), middle.end(), middle.begin(), 0.0f);
    if (squares <= 0) return;
    for (float& value : middle) value /= std::sqrt(squares);
    middle_ = std::move(middle);
    vectors_.emplace_back(middle_);
  }

  float Discount(Item item) const {
    float nearest = 0;
    const absl::Span<const float> vector = vectors_.empty() ? absl::Span<const float>() : VectorOf(view_, item);
    for (const absl::Span<const float> disliked : vectors_) nearest = std::max(nearest, Likeness(disliked, vector));
    return 1.0f - kDislikeWeight * nearest;
  }

 private:
  static constexpr size_t kDislikesCompared = 10;
  const ReadView& view_;
  std::vector<float> middle_;
  std::vector<absl::Span<const float>> vectors_;
};

}  // namespace

uint64_t ExplorationSeed(const Query& query) {
  const auto day = static_cast<uint64_t>(std::max<int64_t>(absl::ToUnixSeconds(query.now), 0)) / kDaySeconds;
  return RecordHash().Add(query.account_id).Add(query.surface).Add(day).Finish();
}

std::vector<Ranked> Rerank(const Asking& asking, absl::Span<const Candidate> candidates) {
  const Impressions impressions(asking);
  const Dislikes dislikes(asking);
  std::vector<Ranked> ranked(candidates.size());
  std::vector<std::pair<float, uint32_t>> order;  // sorted instead of what it stands for, which is ten times as large
  order.reserve(candidates.size());
  for (size_t i = 0; i < candidates.size(); ++i) {
    const Item item(asking.query.item_kind, candidates[i].ordinal);
    Ranked& one = ranked[i];
    one.candidate = candidates[i];
    one.index = static_cast<uint32_t>(i);
    one.rank_score = candidates[i].score;
    if (const int shown = impressions.CountOf(candidates[i].ordinal); shown > 0) {
      one.impression_discount = std::max(kDiscountLeast, std::pow(kDiscountAnImpression, static_cast<float>(shown)));
    }
    one.dislike_discount = dislikes.Discount(item);
    one.candidate.score = one.rank_score * one.impression_discount * one.dislike_discount;
    order.emplace_back(one.candidate.score, one.index);
  }
  const auto id = [&](uint32_t index) {
    return IdOf(asking.view, Item(asking.query.item_kind, candidates[index].ordinal));
  };
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second != b.second && id(a.second) < id(b.second);
  });
  std::vector<Ranked> sorted;
  sorted.reserve(ranked.size());
  for (const auto& [score, index] : order) sorted.push_back(ranked[index]);
  return Placement(asking, std::move(sorted)).Run();
}

}  // namespace staffroom
