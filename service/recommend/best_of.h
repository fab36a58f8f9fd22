#ifndef STAFFROOM_SERVICE_RECOMMEND_BEST_OF_H_
#define STAFFROOM_SERVICE_RECOMMEND_BEST_OF_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/recommend/item.h"
#include "service/views/read_view.h"

namespace staffroom {

// One thing and a source's score of it.
struct Scored {
  uint64_t score = 0;
  uint32_t ordinal = 0;
};

// Cuts `items` down to the `count` of the greatest score, ties by id; unordered.
//
// Ids are strings somewhere in memory and ties are many (all whom one friend follows have one path), so ids are looked at
// only among those that tie at the cut. And not even there when half of the places are already taken by better ones: the
// tied are then all left out, which depends on no order either.
inline void CutToBest(const ReadView& view, storage::ItemKind kind, size_t count, std::vector<Scored>* items) {
  if (items->size() <= count) return;
  const auto better = [](const Scored& a, const Scored& b) { return a.score > b.score; };
  const auto cut = items->begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(items->begin(), cut, items->end(), better);
  // Everything before the cut is at least as good as *cut; the tied stand on both sides of it.
  const uint64_t tied_score = cut->score;
  const auto tied_begin =
      std::partition(items->begin(), cut, [&](const Scored& item) { return item.score > tied_score; });
  const size_t above = static_cast<size_t>(tied_begin - items->begin());
  const auto tied_end = std::partition(cut, items->end(), [&](const Scored& item) { return item.score == tied_score; });
  if (tied_begin == cut) {
    items->resize(count);
    return;
  }
  if (above >= count / 2 && above > 0) {
    items->resize(above);
    return;
  }
  std::nth_element(tied_begin, cut, tied_end, [&](const Scored& a, const Scored& b) {
    return IdOf(view, Item(kind, a.ordinal)) < IdOf(view, Item(kind, b.ordinal));
  });
  items->resize(count);
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_BEST_OF_H_
