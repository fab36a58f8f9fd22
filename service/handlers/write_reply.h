#ifndef STAFFROOM_SERVICE_HANDLERS_WRITE_REPLY_H_
#define STAFFROOM_SERVICE_HANDLERS_WRITE_REPLY_H_

#include <memory>
#include <string>
#include <utility>

#include "service/dispatch/reply.h"
#include "service/engine/engine.h"
#include "service/engine/mutation_result.h"
#include "service/tokens/revision.h"
#include "staffroom/v1/outcome.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

inline v1::Outcome::Value ToMessage(Outcome outcome) {
  switch (outcome) {
    case Outcome::kApplied:
      return v1::Outcome::APPLIED;
    case Outcome::kDuplicate:
      return v1::Outcome::DUPLICATE;
    case Outcome::kStale:
      return v1::Outcome::STALE;
  }
  return v1::Outcome::OUTCOME_UNSPECIFIED;
}

// Submits one mutation and answers what became of it once readers can see it. `response` holds what is known already;
// outcome and revision are filled in, and what was not applied is not attributed.
template <typename Response>
void SubmitAndReply(Engine& engine, storage::Mutation mutation, Response response, Reply<Response> reply) {
  // The engine's callback is copyable, a reply is not.
  auto shared = std::make_shared<std::pair<Response, Reply<Response>>>(std::move(response), std::move(reply));
  engine.Submit(std::move(mutation), [&engine, shared](const MutationResult& result) {
    auto& [answer, owed] = *shared;
    if (!result.status.ok()) return owed(result.status);
    if constexpr (requires { answer.clear_attribution(); }) {
      if (result.outcome != Outcome::kApplied) answer.clear_attribution();
    }
    answer.set_outcome(ToMessage(result.outcome));
    answer.set_revision(FormatRevision({engine.epoch(), result.revision}));
    owed(std::move(answer));
  });
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_WRITE_REPLY_H_
