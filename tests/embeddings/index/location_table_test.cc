#include "embeddings/index/location_table.h"

#include <limits>

#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

TEST(LocationTable, KnowsNothingAtFirst) {
  const LocationTable table;
  EXPECT_EQ(table.Find(0), Location{});
  EXPECT_EQ(table.Find(std::numeric_limits<uint32_t>::max()), Location{});
}

TEST(LocationTable, FindsWhatWasSetLast) {
  LocationTable table;
  table.Set(4095, {.segment = 1, .slot = 7});
  table.Set(4096, {.segment = 2, .slot = 8});
  table.Set(4096, {.segment = 3, .slot = 9});
  EXPECT_EQ(table.Find(4095), (Location{.segment = 1, .slot = 7}));
  EXPECT_EQ(table.Find(4096), (Location{.segment = 3, .slot = 9}));
  EXPECT_EQ(table.Find(4097), Location{});
}

TEST(LocationTable, ForgetsWhatIsErased) {
  LocationTable table;
  table.Set(5, {.segment = 1, .slot = 7});
  table.Erase(5);
  table.Erase(6);
  table.Erase(1'000'000);
  EXPECT_EQ(table.Find(5), Location{});
}

TEST(LocationTable, TakesTheLargestOrdinalWithoutRoomForAllBelowIt) {
  LocationTable table;
  const uint32_t last = std::numeric_limits<uint32_t>::max();
  table.Set(last, {.segment = 1, .slot = 7});
  EXPECT_EQ(table.Find(last), (Location{.segment = 1, .slot = 7}));
  EXPECT_LT(table.bytes(), size_t{20} << 20);
}

}  // namespace
}  // namespace staffroom::embeddings
