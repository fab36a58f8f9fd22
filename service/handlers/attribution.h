#ifndef STAFFROOM_SERVICE_HANDLERS_ATTRIBUTION_H_
#define STAFFROOM_SERVICE_HANDLERS_ATTRIBUTION_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "service/base/clock.h"
#include "service/tokens/attribution_token.h"
#include "service/tokens/sealer.h"
#include "service/views/views.h"
#include "staffroom/v1/outcome.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

// Decides whether one of our own lists led to an interaction. A bad token never fails the write. Thread-safe; what it is made
// from must outlive it.
//
// A token of a visitor without an account (onboarding) has no asker: whoever acts on that list afterwards is taken to be that
// visitor, so that the follows it caused are not counted as popularity.
class Attribution {
 public:
  Attribution(const Sealer* sealer, const Clock* clock, const Views* views);

  // ATTRIBUTED, and `body`'s record marked so, when the token is of this store (`epoch`) and of its last 30 days, was given to
  // the actor and names the target; EXPIRED; FOREIGN; unspecified without a token.
  v1::AttributionState::Value Apply(uint64_t epoch, const std::string& token,
                                    storage::Mutation::WriteInteraction* body) const;

 private:
  // A clock that stands still at the beginning: to it no token is too old, so that the one too old can be told from the
  // unreadable one.
  class Beginning : public Clock {
   public:
    absl::Time Now() const override { return absl::UnixEpoch(); }
  };

  const Beginning beginning_;
  const AttributionTokens tokens_;
  const Clock& clock_;
  const Views& views_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_ATTRIBUTION_H_
