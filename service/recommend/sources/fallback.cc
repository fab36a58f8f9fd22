#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/recommend/best_of.h"
#include "service/recommend/popular_items.h"
#include "service/recommend/sources/sources.h"

namespace staffroom {
namespace {

constexpr size_t kCandidatesMin = 40;
// How many newcomers are looked at: those of some seconds, but for an import.
constexpr size_t kNewcomersMax = 4'096;
// How many numbers are gone through for them, whoever has them: some 0.3 ms. Only where more things than that came since the
// last list do stubs and the quiet among them decide where the search ends.
constexpr uint32_t kNumbersLookedAt = 100'000;

// What is popular and fresh on the whole platform. It always proposes a few, so that a teacher whom nobody knows yet gets an
// answer too; when nothing else does, the answer says that it is a fallback.
//
// It reads the last list of PopularItems and looks at what came since. How long the list is, how many newcomers are looked at
// and everything else hangs on noticeable things only: on no ordinal, which a quiet account would move.
class Fallback : public Source {
 public:
  explicit Fallback(const PopularItems* popular) : popular_(popular) {}

  absl::string_view name() const override { return "popular"; }
  bool is_personal() const override { return false; }
  bool needs_profile() const override { return false; }

  void Propose(const Asking& asking, Candidates* candidates) const override {
    const size_t count = kCandidatesMin + 2 * static_cast<size_t>(asking.query.count);
    const std::shared_ptr<const PopularItems::Lists> lists = popular_ == nullptr ? nullptr : popular_->Current();
    if (lists == nullptr) return ProposeFromRange(asking, 1, PopularItems::kKept, count, candidates);
    const PopularItems::List& list =
        asking.query.item_kind == storage::ITEM_ACCOUNT ? lists->accounts : lists->resources;
    ProposeFrom(list, asking, count, candidates);
    ProposeFromRange(asking, list.limit, kNewcomersMax, count, candidates);
  }

 private:
  static bool MayProposeStep(const Asking& asking, Item item) {
    ++asking.scratch.steps;
    return MayPropose(asking, item);
  }

  static void ProposeFrom(const PopularItems::List& list, const Asking& asking, size_t count, Candidates* candidates) {
    size_t proposed = 0;
    for (const uint32_t ordinal : list.hottest) {
      if (!MayProposeStep(asking, Item(asking.query.item_kind, ordinal))) continue;
      candidates->Propose(ordinal);
      if (++proposed == count) return;
    }
  }

  // The hottest of the first `most` noticeable things from number `begin` on.
  static void ProposeFromRange(const Asking& asking, uint32_t begin, size_t most, size_t count,
                               Candidates* candidates) {
    const storage::ItemKind kind = asking.query.item_kind;
    const Catalog& catalog = asking.view.catalog;
    const uint32_t limit = kind == storage::ITEM_ACCOUNT ? catalog.account_limit() : catalog.resource_limit();
    std::vector<Scored> found;
    size_t noticeable = 0;
    const uint32_t end = limit - begin > kNumbersLookedAt ? begin + kNumbersLookedAt : limit;
    for (uint32_t ordinal = begin; ordinal < end && noticeable < most; ++ordinal) {
      const Item item(kind, ordinal);
      if (!IsNoticeable(asking.view, item)) continue;
      ++noticeable;
      if (MayProposeStep(asking, item)) found.push_back({HeatOrder(asking.view, item, asking.now_s), ordinal});
    }
    CutToBest(asking.view, kind, count, &found);
    for (const Scored& scored : found) candidates->Propose(scored.ordinal);
  }

  const PopularItems* const popular_;
};

}  // namespace

std::unique_ptr<Source> NewFallback(const PopularItems* popular) { return std::make_unique<Fallback>(popular); }

}  // namespace staffroom
