#include "embeddings/kernels/dot.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

std::vector<float> RandomFloats(size_t size, std::mt19937& random) {
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::vector<float> values(size);
  for (float& value : values) value = uniform(random);
  return values;
}

TEST(Dot, AgreesWithAPlainSumAtEveryLength) {
  std::mt19937 random(1);
  const DotFunction dot = BestDot();
  for (size_t size = 0; size <= 513; ++size) {
    const std::vector<float> a = RandomFloats(size, random);
    const std::vector<float> b = RandomFloats(size, random);
    double expected = 0;
    double magnitude = 0;  // Σ|a·b|: rounding errors grow with this, not with the sum
    for (size_t i = 0; i < size; ++i) {
      const double product = static_cast<double>(a[i]) * b[i];
      expected += product;
      magnitude += std::abs(product);
    }
    const double tolerance = 4 * std::numeric_limits<float>::epsilon() * magnitude;
    EXPECT_NEAR(dot(a.data(), b.data(), size), expected, tolerance) << "size " << size;
  }
}

TEST(Dot, CountsEveryElementExactlyOnce) {
  const DotFunction dot = BestDot();
  for (size_t size = 1; size <= 513; ++size) {
    const std::vector<float> ones(size, 1.0f);
    EXPECT_EQ(dot(ones.data(), ones.data(), size), static_cast<float>(size));
  }
}

TEST(Dot, DoesNotDependOnWhereTheVectorsLie) {
  std::mt19937 random(2);
  const DotFunction dot = BestDot();
  const std::vector<float> a = RandomFloats(256, random);
  const std::vector<float> b = RandomFloats(256, random);
  const float expected = dot(a.data(), b.data(), 256);
  for (size_t offset = 0; offset < 16; ++offset) {
    std::vector<float> moved(offset, 9.0f);
    moved.insert(moved.end(), b.begin(), b.end());
    EXPECT_EQ(dot(a.data(), moved.data() + offset, 256), expected) << "offset " << offset;
  }
}

TEST(Dot, IsTheSameBothWaysRound) {
  std::mt19937 random(3);
  const DotFunction dot = BestDot();
  const std::vector<float> a = RandomFloats(100, random);
  const std::vector<float> b = RandomFloats(100, random);
  EXPECT_EQ(dot(a.data(), b.data(), 100), dot(b.data(), a.data(), 100));
}

}  // namespace
}  // namespace staffroom::embeddings
