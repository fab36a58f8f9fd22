#ifndef STAFFROOM_SERVICE_SERVER_SERVICE_NAMES_H_
#define STAFFROOM_SERVICE_SERVER_SERVICE_NAMES_H_

#include <string>
#include <vector>

namespace staffroom {

// The full names of Staffroom's services: all are registered, and each has a name in health.
inline std::vector<std::string> ServiceNames() {
  return {"staffroom.v1.CatalogService", "staffroom.v1.InteractionService", "staffroom.v1.RecommendationService",
          "staffroom.v1.InsightService", "staffroom.v1.AdminService"};
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_SERVICE_NAMES_H_
