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
// Where so few things could be shown, looking at all of them is simpler than a list that may be seconds old.
constexpr uint32_t kAlwaysScanned = 2'048;
// Where so few could, it is still done when the request's filter has made the list too short.
constexpr uint32_t kScannedWhenShort = 20'000;
// And no more than twice as many are ever looked at, whatever a list from before an import says: no request holds the lock for
// long.
constexpr uint32_t kSlack = 2;

// What is popular and fresh on the whole platform. It always proposes a few, so that a teacher whom nobody knows yet gets an
// answer too; when nothing else does, the answer says that it is a fallback.
//
// On a large platform it reads the last list of PopularItems, in microseconds, and looks at what came since. List and
// look-through find the same, up to the age of the list; and which of the two is used hangs on how many could be shown, which
// no quiet account moves.
class Fallback : public Source {
 public:
  explicit Fallback(const PopularItems* popular) : popular_(popular) {}

  absl::string_view name() const override { return "popular"; }
  bool is_personal() const override { return false; }
  bool needs_profile() const override { return false; }

  void Propose(const Asking& asking, Candidates* candidates) const override {
    const size_t count = kCandidatesMin + 2 * static_cast<size_t>(asking.query.count);
    const std::shared_ptr<const PopularItems::Lists> lists = popular_ == nullptr ? nullptr : popular_->Current();
    if (lists == nullptr) return ProposeFromRange(asking, 1, kScannedWhenShort, count, candidates);
    const PopularItems::List& list =
        asking.query.item_kind == storage::ITEM_ACCOUNT ? lists->accounts : lists->resources;
    if (list.shown <= kAlwaysScanned && LimitOf(asking) <= kSlack * kAlwaysScanned) {
      return ProposeFromRange(asking, 1, kAlwaysScanned, count, candidates);
    }
    const bool was_enough = ProposeFrom(list, asking, count, candidates);
    if (!was_enough && list.shown <= kScannedWhenShort) {
      return ProposeFromRange(asking, 1, kScannedWhenShort, count, candidates);
    }
    ProposeFromRange(asking, list.limit, kAlwaysScanned, count, candidates);
  }

 private:
  static uint32_t LimitOf(const Asking& asking) {
    const Catalog& catalog = asking.view.catalog;
    return asking.query.item_kind == storage::ITEM_ACCOUNT ? catalog.account_limit() : catalog.resource_limit();
  }

  // False when the list had fewer than `count` that this asker may be shown.
  static bool ProposeFrom(const PopularItems::List& list, const Asking& asking, size_t count, Candidates* candidates) {
    size_t proposed = 0;
    for (const uint32_t ordinal : list.hottest) {
      if (!MayPropose(asking, Item(asking.query.item_kind, ordinal))) continue;
      candidates->Propose(ordinal);
      if (++proposed == count) return true;
    }
    return false;
  }

  // The hottest of all from number `begin` on; none when these are more than kSlack × `most`.
  static void ProposeFromRange(const Asking& asking, uint32_t begin, uint32_t most, size_t count,
                               Candidates* candidates) {
    const storage::ItemKind kind = asking.query.item_kind;
    const uint32_t limit = LimitOf(asking);
    if (limit > begin + kSlack * most) return;
    std::vector<Scored> found;
    for (uint32_t ordinal = begin; ordinal < limit; ++ordinal) {
      const Item item(kind, ordinal);
      if (MayPropose(asking, item)) found.push_back({HeatOrder(asking.view, item, asking.now_s), ordinal});
    }
    CutToBest(asking.view, kind, count, &found);
    for (const Scored& scored : found) candidates->Propose(scored.ordinal);
  }

  const PopularItems* const popular_;
};

}  // namespace

std::unique_ptr<Source> NewFallback(const PopularItems* popular) { return std::make_unique<Fallback>(popular); }

}  // namespace staffroom
