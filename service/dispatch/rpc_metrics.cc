#include "service/dispatch/rpc_metrics.h"

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "prometheus/counter.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"
#include "service/dispatch/status_code.h"

namespace staffroom {
namespace {

// Seconds. Finer between 1 and 50 ms, where the latency goals are.
prometheus::Histogram::BucketBoundaries LatencyBuckets() {
  return {.0001, .00025, .0005, .001, .002, .003, .005, .0075, .01, .015, .02, .03, .05, .1, .25, .5, 1, 2.5, 5, 10};
}

}  // namespace

void MethodMetrics::Count(absl::StatusCode code, absl::Duration elapsed) const {
  handled_[static_cast<size_t>(SentCode(code))]->Increment();
  seconds_->Observe(absl::ToDoubleSeconds(elapsed));
}

RpcMetrics::RpcMetrics(prometheus::Registry& registry)
    : handled_(prometheus::BuildCounter()
                   .Name("staffroom_rpc_handled_total")
                   .Help("Calls answered, by RPC and status code.")
                   .Register(registry)),
      seconds_(prometheus::BuildHistogram()
                   .Name("staffroom_rpc_seconds")
                   .Help("Time from a whole request to its answer; of a stream, its whole life.")
                   .Register(registry)),
      queue_depth_(prometheus::BuildGauge()
                       .Name("staffroom_pool_queue_depth")
                       .Help("Calls that wait for a pool thread.")
                       .Register(registry)),
      in_flight_(prometheus::BuildGauge()
                     .Name("staffroom_rpc_in_flight")
                     .Help("Calls that have begun and not ended.")
                     .Register(registry)
                     .Add({})) {}

MethodMetrics RpcMetrics::ForMethod(absl::string_view method) {
  MethodMetrics metrics;
  for (size_t code = 0; code < kStatusCodes; ++code) {
    const absl::string_view name = CodeName(static_cast<absl::StatusCode>(code));
    metrics.handled_[code] = &handled_.Add({{"method", std::string(method)}, {"code", std::string(name)}});
  }
  metrics.seconds_ = &seconds_.Add({{"method", std::string(method)}}, LatencyBuckets());
  return metrics;
}

prometheus::Gauge& RpcMetrics::QueueDepth(absl::string_view lane) {
  return queue_depth_.Add({{"lane", std::string(lane)}});
}

}  // namespace staffroom
