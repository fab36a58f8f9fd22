// How much the n-th occurrence of a feature adds: sublinear term frequency in one pass and bounded memory.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_OCCURRENCE_COUNTER_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_OCCURRENCE_COUNTER_H_

#include <cstddef>
#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "embeddings/encoder/feature_weights.h"

namespace staffroom::embeddings {

class OccurrenceCounter {
 public:
  // A feature first seen after this many others counts as new each time. 65,536 features are a book; about 1 MiB.
  static constexpr size_t kMaxFeatures = 1 << 16;

  // The weight this occurrence of the feature adds; 0 once it has occurred kOccurrenceWeights.size() times.
  FixedWeight Count(uint64_t feature) {
    if (counts_.size() >= kMaxFeatures && !counts_.contains(feature)) return kOccurrenceWeights[0];
    uint8_t& count = counts_[feature];
    if (count == kOccurrenceWeights.size()) return 0;
    return kOccurrenceWeights[count++];
  }

 private:
  absl::flat_hash_map<uint64_t, uint8_t> counts_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_OCCURRENCE_COUNTER_H_
