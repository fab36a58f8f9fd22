#ifndef STAFFROOM_SERVICE_DISPATCH_RPC_METRICS_H_
#define STAFFROOM_SERVICE_DISPATCH_RPC_METRICS_H_

#include <array>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"
#include "service/dispatch/status_code.h"

// What is counted about calls. Every series of an RPC is made when the RPC is registered, so that a call only adds to numbers
// it holds pointers to, and the number of series is known: 17 codes and one histogram an RPC, whatever callers send.
namespace staffroom {

// The numbers of one RPC. Thread-safe.
class MethodMetrics {
 public:
  // Counts one finished call that took `elapsed` from its whole request to its answer.
  void Count(absl::StatusCode code, absl::Duration elapsed) const;

 private:
  friend class RpcMetrics;
  std::array<prometheus::Counter*, kStatusCodes> handled_{};
  prometheus::Histogram* seconds_ = nullptr;
};

// Makes the series, in the registry that the metrics port shows:
//   staffroom_rpc_handled_total{method, code} · staffroom_rpc_seconds{method} (histogram) · staffroom_rpc_in_flight ·
//   staffroom_pool_queue_depth{lane}
class RpcMetrics {
 public:
  explicit RpcMetrics(prometheus::Registry& registry);
  // Not thread-safe: called while the server is put together.
  MethodMetrics ForMethod(absl::string_view method);
  prometheus::Gauge& QueueDepth(absl::string_view lane);
  prometheus::Gauge& in_flight() { return in_flight_; }

 private:
  prometheus::Family<prometheus::Counter>& handled_;
  prometheus::Family<prometheus::Histogram>& seconds_;
  prometheus::Family<prometheus::Gauge>& queue_depth_;
  prometheus::Gauge& in_flight_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_RPC_METRICS_H_
