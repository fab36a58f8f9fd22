#ifndef STAFFROOM_SERVICE_SERVER_TOKEN_DESK_H_
#define STAFFROOM_SERVICE_SERVER_TOKEN_DESK_H_

#include "service/base/clock.h"
#include "service/handlers/attribution.h"
#include "service/tokens/attribution_token.h"
#include "service/tokens/list_token.h"
#include "service/tokens/page_token.h"
#include "service/tokens/sealer.h"
#include "service/views/views.h"

namespace staffroom {

// Every kind of token that is given out, all sealed with one key. Does not move: the parts point at the sealer.
class TokenDesk {
 public:
  TokenDesk(const Sealer& key, const Clock* clock, const Views* views)
      : sealer_(key),
        lists(&sealer_),
        pages(&sealer_, clock),
        answers(&sealer_, clock),
        attribution(&sealer_, clock, views) {}
  TokenDesk(const TokenDesk&) = delete;
  TokenDesk& operator=(const TokenDesk&) = delete;

 private:
  const Sealer sealer_;

 public:
  const ListTokens lists;
  const PageTokens pages;
  const AttributionTokens answers;
  const Attribution attribution;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_TOKEN_DESK_H_
