#ifndef STAFFROOM_SERVICE_ENGINE_MUTATION_RESULT_H_
#define STAFFROOM_SERVICE_ENGINE_MUTATION_RESULT_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"

namespace staffroom {

enum class Outcome {
  kApplied,    // the state changed
  kDuplicate,  // it had been done before: nothing changed
  kStale,      // something newer stands there: nothing changed
};

// What became of one mutation.
struct MutationResult {
  absl::Status status;  // a refusal; the rest then says nothing
  Outcome outcome = Outcome::kApplied;
  uint64_t revision = 0;  // at which the effect is visible; of a duplicate, the first one's
};

// Called once, when readers can see the effect (or it was refused).
using MutationDone = std::function<void(const MutationResult&)>;

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_MUTATION_RESULT_H_
