#ifndef STAFFROOM_SERVICE_SERVER_METRICS_SERVER_H_
#define STAFFROOM_SERVICE_SERVER_METRICS_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "prometheus/registry.h"
#include "service/dispatch/readiness.h"

namespace staffroom {

// The HTTP port of those who look after the process:
//   GET /metrics   Prometheus' text format
//   GET /healthz   200 while the process lives
//   GET /readyz    200 while it serves, else 503; the body is the phase
// Over civetweb directly: prometheus-cpp's Exposer, which is built on it too, serves /metrics alone and would need a second port.
class MetricsServer {
 public:
  virtual ~MetricsServer() = default;
  virtual int port() const = 0;

  // Serves until destroyed. `registry` and `readiness` outlive it. UNAVAILABLE when `address` (HOST:PORT) cannot be listened on.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(absl::string_view address,
                                                              const prometheus::Registry& registry,
                                                              const Readiness& readiness);
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_METRICS_SERVER_H_
