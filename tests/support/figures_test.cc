#include "tests/support/figures.h"

#include "gtest/gtest.h"

namespace staffroom {
namespace {

TEST(Median, IsTheMiddleOfAnOddNumber) { EXPECT_EQ(Median({9, 1, 5}), 5); }

TEST(Median, IsTheMeanOfTheMiddleTwoOfAnEvenNumber) { EXPECT_EQ(Median({10, 1, 4, 2}), 3); }

TEST(PlainDecimal, NeverHasAnExponent) {
  EXPECT_EQ(PlainDecimal(123456789012.0), "123456789012");
  EXPECT_EQ(PlainDecimal(0.0000004), "0");
}

TEST(PlainDecimal, HasNoZerosAtTheEnd) {
  EXPECT_EQ(PlainDecimal(0.25), "0.25");
  EXPECT_EQ(PlainDecimal(100), "100");
  EXPECT_EQ(PlainDecimal(-0.0), "0");
}

TEST(PlainDecimal, KeepsSixDigits) { EXPECT_EQ(PlainDecimal(1.0 / 3), "0.333333"); }

TEST(FiguresDeathTest, RefusesTheSameNameTwice) {
  EXPECT_DEATH(
      {
        Figures figures;
        figures.Print("recall", 1);
        figures.Print("recall", 1);
      },
      "recall was printed twice");
}

}  // namespace
}  // namespace staffroom
