#include "embeddings/kernels/row_sum.h"

#include <hwy/targets.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

struct Table {
  std::vector<std::vector<int8_t>> codes;
  std::vector<ScaledRow> rows;
};

Table RandomTable(size_t count, size_t size, std::mt19937& random) {
  Table table;
  table.codes.resize(count, std::vector<int8_t>(size));
  for (std::vector<int8_t>& codes : table.codes) {
    for (int8_t& code : codes) code = static_cast<int8_t>(random());
    table.rows.push_back({codes.data(), static_cast<int32_t>(random() % (kScaleMost + 1))});
  }
  return table;
}

std::vector<int64_t> PlainSums(const std::vector<ScaledRow>& rows, std::vector<int64_t> sums) {
  for (const ScaledRow& row : rows) {
    for (size_t i = 0; i < sums.size(); ++i) sums[i] += int64_t{row.scale} * row.row[i];
  }
  return sums;
}

std::vector<int64_t> Sums(const std::vector<ScaledRow>& rows, std::vector<int64_t> sums) {
  BestRowSum()(rows.data(), rows.size(), sums.size(), sums.data());
  return sums;
}

TEST(RowSum, EqualsAPlainSumAtEveryLength) {
  std::mt19937 random(1);
  for (size_t size = 0; size <= 300; ++size) {
    const Table table = RandomTable(7, size, random);
    const std::vector<int64_t> before(size, 5);
    EXPECT_EQ(Sums(table.rows, before), PlainSums(table.rows, before)) << "size " << size;
  }
}

TEST(RowSum, EqualsAPlainSumOfAnyNumberOfRows) {
  std::mt19937 random(2);
  for (size_t count : {0, 1, 2, 3, 50, 511, 512, 513, 1024, 1025, 3000}) {
    const Table table = RandomTable(count, 256, random);
    const std::vector<int64_t> before(256, -9);
    EXPECT_EQ(Sums(table.rows, before), PlainSums(table.rows, before)) << count << " rows";
  }
}

// What another machine would compute: each instruction set that this one has, down to none.
TEST(RowSum, IsTheSameWithEveryInstructionSet) {
  std::mt19937 random(4);
  const Table table = RandomTable(600, 256 + 7, random);
  const std::vector<int64_t> before(256 + 7, 1);
  const std::vector<int64_t> expected = PlainSums(table.rows, before);
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    EXPECT_EQ(Sums(table.rows, before), expected) << hwy::TargetName(target);
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

TEST(RowSum, DoesNotDependOnWhereTheRowsLie) {
  std::mt19937 random(3);
  Table table = RandomTable(2, 256 + 64, random);
  for (size_t offset = 0; offset < 64; ++offset) {
    const std::vector<ScaledRow> rows = {{table.codes[0].data() + offset, 3}, {table.codes[1].data() + 63 - offset, 5}};
    const std::vector<int64_t> before(256, 0);
    EXPECT_EQ(Sums(rows, before), PlainSums(rows, before)) << "offset " << offset;
  }
}

TEST(RowSum, DoesNotOverflowAtTheGreatestCodesAndScales) {
  for (int code : {-128, -127, 127}) {
    const std::vector<int8_t> codes(256, static_cast<int8_t>(code));
    for (size_t count : {kRowsInNarrowSum, kRowsInNarrowSum + 4, size_t{100000}}) {
      const std::vector<ScaledRow> rows(count, {codes.data(), kScaleMost});
      EXPECT_EQ(Sums(rows, std::vector<int64_t>(256, 0)),
                std::vector<int64_t>(256, int64_t{kScaleMost} * code * static_cast<int64_t>(count)))
          << count << " rows of " << code;
    }
  }
}

}  // namespace
}  // namespace staffroom::embeddings
