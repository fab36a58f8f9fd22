#include "embeddings/index/distinct_rows.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

using ::testing::ElementsAre;

TEST(DistinctRows, GroupsEqualRowsInTheOrderOfTheirFirstSlots) {
  RowBlock rows(2);
  rows.Append(50, {1, 0});
  rows.Append(51, {0, 1});
  rows.Append(52, {1, 0});
  rows.Append(53, {0.5, 0.5});
  rows.Append(54, {1, 0});
  const DistinctRows distinct(rows);
  ASSERT_EQ(distinct.size(), 3u);
  EXPECT_THAT(distinct.slots(0), ElementsAre(0, 2, 4));
  EXPECT_THAT(distinct.slots(1), ElementsAre(1));
  EXPECT_THAT(distinct.slots(2), ElementsAre(3));
}

TEST(DistinctRows, LooksAtEveryByteOfARow) {
  RowBlock rows(3);
  rows.Append(1, {1, 2, 3});
  rows.Append(2, {1, 2, 4});
  EXPECT_EQ(DistinctRows(rows).size(), 2u);
}

TEST(DistinctRows, GroupsAcrossChunksOfABlock) {
  RowBlock rows(1);
  for (uint32_t slot = 0; slot < 5000; ++slot) rows.Append(slot, {static_cast<float>(slot % 7)});
  const DistinctRows distinct(rows);
  ASSERT_EQ(distinct.size(), 7u);
  size_t slots = 0;
  for (size_t group = 0; group < 7; ++group) {
    for (uint32_t slot : distinct.slots(group)) EXPECT_EQ(slot % 7, group);
    slots += distinct.slots(group).size();
  }
  EXPECT_EQ(slots, 5000u);
}

}  // namespace
}  // namespace staffroom::embeddings
