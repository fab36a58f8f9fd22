#ifndef STAFFROOM_TESTS_BENCH_SERVE_BENCH_H_
#define STAFFROOM_TESTS_BENCH_SERVE_BENCH_H_

#include <cstdint>

#include "absl/status/status.h"

namespace staffroom {

struct ServeBenchOptions {
  int accounts = 20'000;  // at least 5,000, each of whom asks
  int seconds = 36;       // that are measured, in slices of 2: a third for each server
  int in_flight = 32;
  uint64_t seed = 1;
};

// How many askers a second are answered, and what the way there costs. One process holds the clients and three services, which
// take turns under the same load:
//   accounts_per_second   RecommendAccounts (20 results) for a made-up community, 5% of the calls being follows that are
//                         written beside and not counted
//   echo_per_second       a 2 KB answer made beforehand, through the same dispatch, lane and server
//   empty_per_second      the same answer from a plain gRPC callback server
//   accounts_ratio_echo, echo_ratio_empty
//   accounts_response_bytes  mean size of an answer of RecommendAccounts
//   stage.NAME_us            mean time of a stage, as the trace of a sample of answers tells it
// Medians over the slices. An error when a call fails, or fewer than 5,000 different askers were answered.
absl::Status RunServeBench(const ServeBenchOptions& options);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_BENCH_SERVE_BENCH_H_
