#ifndef STAFFROOM_SERVICE_RECOMMEND_RECOMMENDER_H_
#define STAFFROOM_SERVICE_RECOMMEND_RECOMMENDER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/base/clock.h"
#include "service/recommend/answer.h"
#include "service/recommend/filter.h"
#include "service/recommend/query.h"
#include "service/recommend/ranker.h"
#include "service/recommend/reasons/draft.h"
#include "service/recommend/reranker.h"
#include "service/recommend/scratch.h"
#include "service/recommend/source.h"
#include "service/recommend/weights.h"

namespace staffroom {

// Answers one question under one view: which accounts, or which resources, for this asker, now.
//
//   context → sources → merge → filters → features → rank → re-rank → reasons → the privacy filters once more
//
// The answer is a function of the query and of what the view holds by id: not of ordinals, of the order in which things
// arrived, of the size of an index, or of anything that a quiet account is or did. Thread-safe.
class Recommender {
 public:
  struct Options {
    Weights weights = Weights::Default();
    ReasonOptions reasons;
  };

  // `clock` only times the stages of a trace. INVALID_ARGUMENT with more sources or filters than have bits.
  static absl::StatusOr<std::unique_ptr<Recommender>> Create(const Options& options,
                                                             std::vector<std::unique_ptr<Source>> sources,
                                                             std::vector<std::unique_ptr<Filter>> filters,
                                                             const Clock* clock);

  // What a request writes on; taken before the views' lock, and given back after it (see ScratchPool).
  ScratchPool::Loan LendScratch() const { return ScratchPool::Loan(&scratches_); }

  // ACCOUNT_NOT_FOUND when the asker is unknown or erased. `query`, `view` and `scratch` are borrowed for the call.
  absl::StatusOr<Answer> Recommend(const ReadView& view, const Query& query, Scratch& scratch) const;

  // The name of the source behind bit `source` of Result::sources; "" for a bit without one.
  absl::string_view source_name(int source) const;

 private:
  class Stopwatch;
  // Candidates in order, and by Ranked::index the features they were ranked by (none on a later page).
  struct Order {
    std::vector<Ranked> ranked;
    std::vector<Features> features;
  };

  Recommender(const Options& options, std::vector<std::unique_ptr<Source>> sources,
              std::vector<std::unique_ptr<Filter>> filters, const Clock* clock);
  void Propose(const Asking& asking, Trace* trace) const;
  void TakeUp(const Asking& asking) const;
  void DropFiltered(const Asking& asking, Trace* trace) const;
  int FirstDropping(const Asking& asking, Item item, bool soft) const;
  Order Rank(const Asking& asking) const;
  void Write(const Asking& asking, const Order& order, Answer* answer) const;
  bool IsFallback(const std::vector<Result>& results) const;

  const Ranker ranker_;
  const ReasonOptions reason_options_;
  const std::vector<std::unique_ptr<Source>> sources_;
  const std::vector<std::unique_ptr<Filter>> filters_;
  // Numbers of the filters that judge, ascending; and bits of those that are soft.
  std::vector<int> judges_, soft_judges_;
  uint16_t soft_bits_ = 0;
  const Clock& clock_;
  mutable ScratchPool scratches_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_RECOMMENDER_H_
