#ifndef STAFFROOM_SERVICE_RECOMMEND_REASONS_ANCHORS_H_
#define STAFFROOM_SERVICE_RECOMMEND_REASONS_ANCHORS_H_

#include <vector>

#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/recommend/asking.h"
#include "service/recommend/reasons/draft.h"

namespace staffroom {

// What the asker saved and whom it follows, as far as they may be named and their vectors are known: what a candidate can be
// said to be similar to. At most 24 newest saved things, and 64 followed accounts (of more, by hash of id).
class Anchors {
 public:
  explicit Anchors(const Asking& asking);

  // SIMILAR_TO the nearest of them, ties by id; nothing when none is near enough (cosine 0.4).
  absl::optional<DraftReason> SimilarTo(Item candidate) const;

 private:
  struct Anchor {
    Item item;
    absl::Span<const float> vector;
  };
  void Add(Item item);

  const Asking& asking_;
  std::vector<Anchor> anchors_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_REASONS_ANCHORS_H_
