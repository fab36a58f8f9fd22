// What the index's tests share: vectors, an index that needs no StatusOr, and a builder that runs inline.
#ifndef STAFFROOM_TESTS_EMBEDDINGS_INDEX_INDEX_TESTING_H_
#define STAFFROOM_TESTS_EMBEDDINGS_INDEX_INDEX_TESTING_H_

#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "embeddings/index/vector_index.h"
#include "gtest/gtest.h"

namespace staffroom::embeddings {

using Vector = std::vector<float>;

inline Vector Normalized(Vector vector) {
  double squares = 0;
  for (float value : vector) squares += static_cast<double>(value) * value;
  for (float& value : vector) value = static_cast<float>(value / std::sqrt(squares));
  return vector;
}

// In the plane of the first two of `dimensions` axes, `degrees` away from the first: cosines are easy to see.
inline Vector AtAngle(double degrees, size_t dimensions = 4) {
  Vector vector(dimensions, 0.0f);
  vector[0] = static_cast<float>(std::cos(degrees * std::acos(-1.0) / 180));
  vector[1] = static_cast<float>(std::sin(degrees * std::acos(-1.0) / 180));
  return vector;
}

inline Vector RandomUnit(size_t dimensions, std::mt19937& random) {
  std::normal_distribution<float> normal;
  Vector vector(dimensions);
  for (float& value : vector) value = normal(random);
  return Normalized(std::move(vector));
}

// Unit vectors in clusters, as texts about a few hundred subjects are.
class Clusters {
 public:
  Clusters(size_t count, size_t dimensions, std::mt19937& random) {
    for (size_t i = 0; i < count; ++i) centers_.push_back(RandomUnit(dimensions, random));
  }

  Vector Draw(std::mt19937& random) const {
    Vector vector = centers_[random() % centers_.size()];
    const Vector noise = RandomUnit(vector.size(), random);
    for (size_t i = 0; i < vector.size(); ++i) vector[i] += 0.8f * noise[i];
    return Normalized(std::move(vector));
  }

 private:
  std::vector<Vector> centers_;
};

inline std::unique_ptr<VectorIndex> NewIndex(const VectorIndexOptions& options) {
  absl::StatusOr<std::unique_ptr<VectorIndex>> index = VectorIndex::Create(options);
  EXPECT_TRUE(index.ok()) << index.status();
  return index.ok() ? *std::move(index) : nullptr;
}

inline std::unique_ptr<FinishedBuild> RunBuild(std::unique_ptr<SegmentBuild> build) {
  absl::StatusOr<std::unique_ptr<FinishedBuild>> finished = std::move(*build).Run();
  EXPECT_TRUE(finished.ok()) << finished.status();
  return finished.ok() ? *std::move(finished) : nullptr;
}

// Starts, runs and installs one build, `slice` rows at a time; false when there was nothing to build.
inline bool BuildOnce(VectorIndex& index, size_t slice = 100) {
  std::unique_ptr<SegmentBuild> build = index.MaybeStartBuild();
  if (build == nullptr) return false;
  const std::unique_ptr<FinishedBuild> finished = RunBuild(std::move(build));
  while (!index.Install(*finished, slice)) {
  }
  return true;
}

inline void BuildAll(VectorIndex& index) {
  while (BuildOnce(index)) {
  }
}

inline std::vector<uint32_t> Ordinals(const std::vector<Neighbor>& neighbors) {
  std::vector<uint32_t> ordinals;
  for (const Neighbor& neighbor : neighbors) ordinals.push_back(neighbor.ordinal);
  return ordinals;
}

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_TESTS_EMBEDDINGS_INDEX_INDEX_TESTING_H_
