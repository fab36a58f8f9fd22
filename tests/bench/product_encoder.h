#ifndef STAFFROOM_TESTS_BENCH_PRODUCT_ENCODER_H_
#define STAFFROOM_TESTS_BENCH_PRODUCT_ENCODER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "embeddings/encoder/encoder.h"
#include "embeddings/encoder/static_encoder.h"
#include "embeddings/models/shipped_model.h"

namespace staffroom {

// What staffroomd encodes with when nobody says otherwise.
inline absl::StatusOr<std::unique_ptr<embeddings::Encoder>> ProductEncoder() {
  const absl::StatusOr<std::string> path = embeddings::FindShippedModel();
  if (!path.ok()) return path.status();
  return embeddings::NewStaticEncoder(*path);
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_BENCH_PRODUCT_ENCODER_H_
