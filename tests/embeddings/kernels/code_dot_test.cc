#include "embeddings/kernels/code_dot.h"

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

struct Codes {
  std::vector<int16_t> query;
  std::vector<int8_t> row;
};

Codes RandomCodes(size_t size, std::mt19937& random) {
  std::uniform_int_distribution<int> query(-kQueryCodeMost, kQueryCodeMost);
  std::uniform_int_distribution<int> row(-kRowCodeMost, kRowCodeMost);
  Codes codes;
  for (size_t i = 0; i < size; ++i) {
    codes.query.push_back(static_cast<int16_t>(query(random)));
    codes.row.push_back(static_cast<int8_t>(row(random)));
  }
  return codes;
}

int32_t PlainSum(const Codes& codes) {
  int32_t sum = 0;
  for (size_t i = 0; i < codes.row.size(); ++i) sum += int32_t{codes.query[i]} * codes.row[i];
  return sum;
}

TEST(CodeDot, EqualsAPlainSumAtEveryLength) {
  std::mt19937 random(1);
  const CodeDotFunction dot = BestCodeDot();
  for (size_t size = 0; size <= 513; ++size) {
    const Codes codes = RandomCodes(size, random);
    EXPECT_EQ(dot(codes.query.data(), codes.row.data(), size), PlainSum(codes)) << "size " << size;
  }
}

TEST(CodeDot, DoesNotDependOnWhereTheCodesLie) {
  std::mt19937 random(2);
  const CodeDotFunction dot = BestCodeDot();
  const Codes codes = RandomCodes(256, random);
  for (size_t offset = 0; offset < 64; ++offset) {
    std::vector<int8_t> row(offset, 9);
    row.insert(row.end(), codes.row.begin(), codes.row.end());
    std::vector<int16_t> query(offset, 9);
    query.insert(query.end(), codes.query.begin(), codes.query.end());
    EXPECT_EQ(dot(query.data() + offset, row.data() + offset, 256), PlainSum(codes)) << "offset " << offset;
  }
}

TEST(CodeDot, DoesNotOverflowAtTheGreatestCodesAndLength) {
  const std::vector<int16_t> query(4096, kQueryCodeMost);
  const std::vector<int8_t> row(4096, -kRowCodeMost);
  EXPECT_EQ(BestCodeDot()(query.data(), row.data(), 4096), -4095 * 127 * 4096);
}

}  // namespace
}  // namespace staffroom::embeddings
