#ifndef STAFFROOM_SERVICE_RECOMMEND_RANKER_H_
#define STAFFROOM_SERVICE_RECOMMEND_RANKER_H_

#include "service/recommend/features.h"
#include "service/recommend/weights.h"

namespace staffroom {

// Orders candidates by a weighted sum of their features, squashed to [0, 1): s / (1 + s), which is strictly monotone, so
// that nothing ties that did not tie before. A sum, because each term can be told to the teacher and checked by hand.
// Thread-safe.
class Ranker {
 public:
  explicit Ranker(const Weights& weights) : weights_(weights) {}

  float Score(storage::ItemKind kind, const Features& features) const {
    const Features& weights = kind == storage::ITEM_ACCOUNT ? weights_.account : weights_.resource;
    float sum = 0;
    for (size_t i = 0; i < kFeatureCount; ++i) sum += weights[i] * features[i];
    return sum / (1.0f + sum);
  }

 private:
  const Weights weights_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_RANKER_H_
