#ifndef STAFFROOM_SERVICE_RECOMMEND_RERANKER_H_
#define STAFFROOM_SERVICE_RECOMMEND_RERANKER_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "service/recommend/asking.h"
#include "service/recommend/candidates.h"
#include "service/recommend/query.h"

namespace staffroom {

// What became of one candidate's score on the way to its place.
struct Ranked {
  Candidate candidate;            // its score is the final one
  uint32_t index = 0;             // where it stood among the candidates given
  float rank_score = 0;           // the ranker's
  float impression_discount = 1;  // factor for having been shown before
  float dislike_discount = 1;     // factor for being like a disliked example
  float likeness_discount = 1;    // factor for being like those above it
  // final = rank_score × the three factors, then at most the score of the place above: a place kept for somebody (an
  // emerging account, an explored one, an organization that had to wait) never lifts a score.
};

// From scores to places. In this order: what the asker has been shown and passed over sinks, what is like a disliked
// example sinks, and then places are given one by one to the best of what remains, where
//   - being like those above costs (Knobs::diversity; maximal marginal relevance as a factor),
//   - organizations and networks take at most 3 of 10 places while a teacher remains,
//   - some places belong to little-known accounts that are active (Knobs::emerging_share),
//   - the last ones belong to candidates from further down (Knobs::exploration), by hash of (asker, surface, day, candidate).
// Ties go to the lesser id. Only the first `count` places are given like this (likeness counts in the first 40 of them); the
// rest follows by score.
std::vector<Ranked> Rerank(const Asking& asking, absl::Span<const Candidate> candidates);

// What the order of exploration hangs on: the asker, the surface and the day of the query; never an ordinal or a revision. An
// attribution token carries it, so that an answer can be explained later.
uint64_t ExplorationSeed(const Query& query);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_RERANKER_H_
