#ifndef STAFFROOM_SERVICE_RECOMMEND_CANDIDATES_H_
#define STAFFROOM_SERVICE_RECOMMEND_CANDIDATES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/recommend/dense_map.h"
#include "service/recommend/query.h"

namespace staffroom {

// One thing that may be recommended, and what the sources know of it. Signals are comparable within one request only.
struct Candidate {
  uint32_t ordinal = 0;
  uint32_t sources = 0;  // bit i: source number i
  Evidence evidence;     // things of the asker's own that led here
  float friends = 0;     // paths through people the asker knows (friends_of_friends)
  float taste = 0;       // weight of similar teachers behind it (co_engagement)
  float shelves = 0;     // how many of those the asker follows keep it (shared_by_follows)
  float score = 0;       // [0, 1]: the ranker's, then the re-ranker's
};

// The candidates of one request, merged by ordinal as they are proposed. Not thread-safe.
class Candidates {
 public:
  // Both are empty and outlive the object; `slots` is fit for every ordinal of the kind.
  Candidates(DenseMap<uint32_t>* slots, std::vector<Candidate>* list) : slots_(*slots), list_(*list) {}

  // What is proposed from here on is proposed by source number `source`.
  void BeginSource(int source) {
    bit_ = uint32_t{1} << source;
    proposed_ = 0;
  }

  // The candidate of this ordinal, new or known. The reference holds until the next call.
  Candidate& Propose(uint32_t ordinal) {
    uint32_t& slot = slots_.At(ordinal);
    if (slot == 0) {
      list_.emplace_back();
      list_.back().ordinal = ordinal;
      slot = static_cast<uint32_t>(list_.size());
    }
    Candidate& candidate = list_[slot - 1];
    if ((candidate.sources & bit_) == 0) ++proposed_;
    candidate.sources |= bit_;
    return candidate;
  }

  // How many different things the current source has proposed.
  int proposed() const { return proposed_; }

 private:
  DenseMap<uint32_t>& slots_;
  std::vector<Candidate>& list_;
  uint32_t bit_ = 0;
  int proposed_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_CANDIDATES_H_
