#ifndef STAFFROOM_SERVICE_RECOMMEND_SOURCE_H_
#define STAFFROOM_SERVICE_RECOMMEND_SOURCE_H_

#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/recommend/asking.h"
#include "service/recommend/candidates.h"
#include "service/recommend/popular_items.h"

namespace staffroom {

// At most so many sources: each has a bit in a candidate and in a token.
inline constexpr int kSourcesMax = 32;

// A place that proposes candidates. Thread-safe: sources keep nothing of a request.
//
// What every source owes the quiet: whatever is not noticeable (IsNoticeable) is neither proposed nor passed through, moves
// no sum, no cut and no count; sums are of integers, so that no order of adding shows; cuts are by score, then by id.
class Source {
 public:
  virtual ~Source() = default;

  // Stable, for results, traces and metrics.
  virtual absl::string_view name() const = 0;

  // False: it looks at nobody in particular, and a list made of its candidates alone is a fallback.
  virtual bool is_personal() const { return true; }

  // True: it needs the asker's words, vector or acts, and is left out when the asker has profiling off.
  virtual bool needs_profile() const = 0;

  // Proposes things of the query's kind that MayPropose allows; a few hundred at most.
  virtual void Propose(const Asking& asking, Candidates* candidates) const = 0;
};

// All of them, in the order of their bits in a token: new ones go to the end. `popular` may be null: the fallback then looks
// through everything, up to as many things as a list would hold.
std::vector<std::unique_ptr<Source>> DefaultSources(const PopularItems* popular);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_SOURCE_H_
