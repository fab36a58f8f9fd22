// How good vectors of texts are, from the vectors and what people said of the texts.
#ifndef STAFFROOM_TESTS_EVAL_EMBEDDING_MEASURES_H_
#define STAFFROOM_TESTS_EVAL_EMBEDDING_MEASURES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "absl/types/span.h"

namespace staffroom {

// Vectors of texts, of norm 1 (or zeros), row by row: products are cosines.
struct TextVectors {
  size_t dimensions = 0;
  std::vector<float> values;

  size_t size() const { return values.size() / dimensions; }
  const float* row(size_t i) const { return values.data() + i * dimensions; }
};

// The linear correlation; 0 when one side does not vary. REQUIRES: as many in `a` as in `b`.
double Pearson(absl::Span<const double> a, absl::Span<const double> b);

// That of the ranks; equal values share the mean of theirs.
double Spearman(absl::Span<const double> a, absl::Span<const double> b);

// The `count` rows of greatest cosine with `query`, best first, equal ones in their order; without `left_out`.
std::vector<size_t> NearestRows(const TextVectors& rows, const float* query, size_t count,
                                absl::optional<size_t> left_out = absl::nullopt);

// Normalised discounted cumulative gain of a ranking: gain = relevance, discount 1 / log2(rank + 1), over the first
// `count`. `found` has the relevance of each that was found, in order; `all` those of all that is relevant.
double Ndcg(absl::Span<const double> found, std::vector<double> all, size_t count);

// Of the texts whose conversation holds another, the share that has one of theirs among their `count` nearest.
double ConversationHits(const TextVectors& posts, absl::Span<const std::string> conversations, size_t count);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_EVAL_EMBEDDING_MEASURES_H_
