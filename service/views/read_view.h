#ifndef STAFFROOM_SERVICE_VIEWS_READ_VIEW_H_
#define STAFFROOM_SERVICE_VIEWS_READ_VIEW_H_

#include <cstdint>

#include "service/views/catalog.h"
#include "service/views/engagement.h"
#include "service/views/graph.h"
#include "service/views/models.h"
#include "service/views/vectors.h"

namespace staffroom {

// All views at exactly one revision. Whoever is handed one is under the views' reader lock already, must not keep it, and
// does nothing slow: no disk, no encoding, no waiting; 2 ms is the budget of a hold.
struct ReadView {
  const Catalog& catalog;
  const EngagementView& engagement;
  const Graph& graph;
  const ModelsView& models;
  const Vectors& vectors;  // the serving model's
  uint64_t revision;
};

// The exact part of it, as the sequencer's thread may look at it without the lock: see Views::ReadExact.
struct ExactView {
  const Catalog& catalog;
  const EngagementView& engagement;
  const Graph& graph;
  const ModelsView& models;
  uint64_t revision;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_READ_VIEW_H_
