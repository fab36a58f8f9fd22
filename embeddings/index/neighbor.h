#ifndef STAFFROOM_EMBEDDINGS_INDEX_NEIGHBOR_H_
#define STAFFROOM_EMBEDDINGS_INDEX_NEIGHBOR_H_

#include <cstdint>

#include "absl/functional/function_ref.h"

namespace staffroom::embeddings {

// One row of an answer.
struct Neighbor {
  uint32_t ordinal = 0;
  float similarity = 0;  // cosine in [-1, 1]

  friend bool operator==(const Neighbor&, const Neighbor&) = default;
};

// The order of answers: the more similar first, of equals the smaller ordinal. Total, so that an answer does not
// depend on where rows lie.
inline bool IsBetter(const Neighbor& a, const Neighbor& b) {
  if (a.similarity != b.similarity) return a.similarity > b.similarity;
  return a.ordinal < b.ordinal;
}

// True for the ordinals that may be answered. Called under the owner's lock, thousands of times a search: must be
// quick, must not call the index, and must give the same answer throughout one search.
using OrdinalFilter = absl::FunctionRef<bool(uint32_t ordinal)>;

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_NEIGHBOR_H_
