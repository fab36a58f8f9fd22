#ifndef STAFFROOM_TESTS_EVAL_EMBEDDINGS_H_
#define STAFFROOM_TESTS_EVAL_EMBEDDINGS_H_

#include <string>

#include "absl/status/status.h"

namespace staffroom {

struct EmbeddingsOptions {
  std::string encoder = "static";  // or "hashing"
  std::string model;               // the model file; empty: the one that is shipped
  int dimensions = 256;            // or 128 or 64: vectors are cut and normalised again
  // Each may be empty, though one must be given, and of the three in the middle all or none.
  std::string sentence_pairs;
  std::string documents;
  std::string queries;
  std::string judgements;
  std::string posts;
};

// Prints how good an encoder's vectors are, as far as there are files: `sts_spearman` and `sts_pearson` (cosines against what
// people said), `ndcg@10_dense` (documents ranked by cosine), `conversation_hit@10` (a post's conversation among its nearest
// posts), and `texts_per_second`, in one thread. All texts are read as prose.
absl::Status EvaluateEmbeddings(const EmbeddingsOptions& options);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_EVAL_EMBEDDINGS_H_
