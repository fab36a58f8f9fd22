#include "service/recommend/reasons/anchors.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/base/digest.h"
#include "service/recommend/newest_acts.h"

namespace staffroom {
namespace {

constexpr size_t kSavedMax = 24;
constexpr size_t kFollowedMax = 64;
constexpr float kNearEnough = 0.4f;

bool IsSave(storage::InteractionKind kind) { return kind == storage::SAVE; }

}  // namespace

Anchors::Anchors(const Asking& asking) : asking_(asking) {
  if (!asking.asker || !asking.profiled) return;
  for (const Item saved : NewestItems(asking.view, asking.asker, kSavedMax, IsSave)) {
    if (MayBeNamed(asking, saved)) Add(saved);
  }
  std::vector<std::pair<uint64_t, AccountOrdinal>> followed;
  for (const AccountOrdinal account : asking.view.graph.Following(asking.asker)) {
    if (!MayNameFollowsOf(asking, account)) continue;
    followed.emplace_back(RecordHash().Add(asking.view.catalog.account(account).id.view()).Finish(), account);
  }
  const size_t kept = std::min(followed.size(), kFollowedMax);
  std::partial_sort(followed.begin(), followed.begin() + static_cast<std::ptrdiff_t>(kept), followed.end());
  for (size_t i = 0; i < kept; ++i) Add(Item(followed[i].second));
}

void Anchors::Add(Item item) {
  const absl::Span<const float> vector = VectorOf(asking_.view, item);
  if (!vector.empty()) anchors_.push_back({item, vector});
}

absl::optional<DraftReason> Anchors::SimilarTo(Item candidate) const {
  const absl::Span<const float> vector = VectorOf(asking_.view, candidate);
  if (vector.empty()) return absl::nullopt;
  const Anchor* nearest = nullptr;
  float likeness = kNearEnough;
  for (const Anchor& anchor : anchors_) {
    const float one = Likeness(anchor.vector, vector);
    if (one < likeness) continue;
    if (one == likeness && nearest != nullptr && IdOf(asking_.view, nearest->item) <= IdOf(asking_.view, anchor.item))
      continue;
    nearest = &anchor;
    likeness = one;
  }
  if (nearest == nullptr) return absl::nullopt;
  return DraftReason{ReasonKind::kSimilarTo, {nearest->item}, 0, ""};
}

}  // namespace staffroom
