#include "embeddings/encoder/occurrence_counter.h"

#include <cmath>
#include <cstdint>

#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

TEST(OccurrenceCounter, AddsUpToOnePlusTheLogarithmOfTheCount) {
  OccurrenceCounter counter;
  FixedWeight sum = 0;
  for (int count = 1; count <= 16; ++count) {
    sum += counter.Count(7);
    const double weight = static_cast<double>(sum) / ToFixed(1.0);
    EXPECT_NEAR(weight, 1 + std::log(count), 0.001) << "after " << count;
  }
}

TEST(OccurrenceCounter, AddsNothingAfterSixteen) {
  OccurrenceCounter counter;
  for (int count = 1; count <= 16; ++count) EXPECT_GT(counter.Count(7), 0);
  for (int count = 0; count < 1000; ++count) EXPECT_EQ(counter.Count(7), 0);
}

TEST(OccurrenceCounter, CountsEachFeatureForItself) {
  OccurrenceCounter counter;
  counter.Count(7);
  EXPECT_EQ(counter.Count(8), ToFixed(1.0));
}

TEST(OccurrenceCounter, StopsRememberingNewFeaturesWhenFull) {
  OccurrenceCounter counter;
  for (uint64_t feature = 0; feature < OccurrenceCounter::kMaxFeatures; ++feature) {
    counter.Count(feature);
  }
  const uint64_t late = OccurrenceCounter::kMaxFeatures;
  EXPECT_EQ(counter.Count(late), ToFixed(1.0));
  EXPECT_EQ(counter.Count(late), ToFixed(1.0));
  EXPECT_LT(counter.Count(0), ToFixed(1.0)) << "those it knows are still counted";
}

}  // namespace
}  // namespace staffroom::embeddings
