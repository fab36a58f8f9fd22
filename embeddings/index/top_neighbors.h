// The best `count` of the neighbors offered, whatever the order they are offered in.
#ifndef STAFFROOM_EMBEDDINGS_INDEX_TOP_NEIGHBORS_H_
#define STAFFROOM_EMBEDDINGS_INDEX_TOP_NEIGHBORS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "embeddings/index/neighbor.h"

namespace staffroom::embeddings {

class TopNeighbors {
 public:
  // Requires count > 0.
  explicit TopNeighbors(size_t count) : count_(count) { heap_.reserve(count); }

  // `dot` of two unit vectors; rounding may carry it a little out of [-1, 1].
  void Offer(uint32_t ordinal, float dot) {
    const Neighbor neighbor{.ordinal = ordinal, .similarity = std::clamp(dot, -1.0f, 1.0f)};
    if (heap_.size() < count_) {
      heap_.push_back(neighbor);
      std::push_heap(heap_.begin(), heap_.end(), IsBetter);
    } else if (IsBetter(neighbor, heap_.front())) {
      std::pop_heap(heap_.begin(), heap_.end(), IsBetter);
      heap_.back() = neighbor;
      std::push_heap(heap_.begin(), heap_.end(), IsBetter);
    }
  }

  // A neighbor less similar than this would not be kept; below every similarity while there is room.
  float floor() const { return heap_.size() < count_ ? -2.0f : heap_.front().similarity; }

  // The similarities kept so far, the greatest first.
  std::vector<float> Similarities() const {
    std::vector<float> similarities;
    similarities.reserve(heap_.size());
    for (const Neighbor& neighbor : heap_) similarities.push_back(neighbor.similarity);
    std::sort(similarities.begin(), similarities.end(), std::greater<>());
    return similarities;
  }

  size_t count() const { return count_; }

  std::vector<Neighbor> TakeBestFirst() && {
    std::sort(heap_.begin(), heap_.end(), IsBetter);
    return std::move(heap_);
  }

 private:
  const size_t count_;
  std::vector<Neighbor> heap_;  // the worst in front
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_TOP_NEIGHBORS_H_
