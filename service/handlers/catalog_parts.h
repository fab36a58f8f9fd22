#ifndef STAFFROOM_SERVICE_HANDLERS_CATALOG_PARTS_H_
#define STAFFROOM_SERVICE_HANDLERS_CATALOG_PARTS_H_

#include "service/base/clock.h"
#include "service/dispatch/json_log.h"
#include "service/embedding/encoders.h"
#include "service/engine/engine.h"
#include "service/tokens/list_token.h"
#include "service/views/views.h"
#include "storage/records.pb.h"
#include "storage/store.h"

namespace staffroom {

// What the handlers of CatalogService are made of; all of it outlives them, and they outlive the engine's last completion.
struct CatalogParts {
  Engine& engine;
  const storage::Store& store;  // for Get, List and what a deletion would take along
  const Views& views;           // for the counts of followers alone
  const Encoders& encoders;
  const Clock& clock;
  Log& log;
  const ListTokens& list_tokens;
  storage::Exposure default_exposure = storage::EVERYBODY;  // what an account reads as that never said
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_CATALOG_PARTS_H_
