#include "service/client/progress.h"

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(ProgressText, TellsShareRecordsRateAndTimeLeft) {
  EXPECT_EQ(ProgressText({.bytes_read = 500, .bytes_total = 1000, .records = 12'000, .elapsed = absl::Seconds(40)}),
            "[============>           ]  50%  12,000 records  300/s  0:40 left");
}

TEST(ProgressText, FillsItsBarAtTheEnd) {
  const std::string text =
      ProgressText({.bytes_read = 1000, .bytes_total = 1000, .records = 10, .elapsed = absl::Seconds(2)});
  EXPECT_THAT(text, StartsWith("[========================] 100%"));
  EXPECT_THAT(text, EndsWith("0:00 left"));
}

TEST(ProgressText, PromisesNothingInTheFirstSecond) {
  EXPECT_THAT(ProgressText({.bytes_read = 1, .bytes_total = 1000, .records = 1, .elapsed = absl::Milliseconds(900)}),
              Not(HasSubstr("left")));
  EXPECT_THAT(ProgressText({.bytes_read = 0, .bytes_total = 1000, .records = 0, .elapsed = absl::ZeroDuration()}),
              EndsWith("0 records  0/s"));
}

TEST(ProgressText, HasNoShareOfStandardInput) {
  EXPECT_EQ(ProgressText({.bytes_read = 500, .bytes_total = 0, .records = 3000, .elapsed = absl::Seconds(75)}),
            "3,000 records  40/s  1:15 so far");
}

TEST(ProgressText, WritesHours) {
  EXPECT_THAT(ProgressText({.bytes_read = 1, .bytes_total = 2, .records = 1, .elapsed = absl::Seconds(2 * 3600 + 62)}),
              EndsWith("2:01:02 left"));
}

TEST(GroupedDigits, SetsACommaBeforeEveryThirdDigit) {
  EXPECT_EQ(GroupedDigits(0), "0");
  EXPECT_EQ(GroupedDigits(999), "999");
  EXPECT_EQ(GroupedDigits(1000), "1,000");
  EXPECT_EQ(GroupedDigits(1'234'567), "1,234,567");
  EXPECT_EQ(GroupedDigits(-1000), "-1,000");
  EXPECT_EQ(GroupedDigits(-100), "-100");
}

struct ProgressPrinterTest : ::testing::Test {
  std::vector<std::string> written;
  ProgressPrinter Printer(bool is_terminal) {
    return ProgressPrinter(is_terminal, [this](const std::string& text) { written.push_back(text); });
  }
  static Progress At(absl::Duration elapsed) {
    return {.bytes_read = 1, .bytes_total = 2, .records = 1, .elapsed = elapsed};
  }
};

TEST_F(ProgressPrinterTest, DrawsOverItsLineTenTimesASecondOnATerminal) {
  ProgressPrinter printer = Printer(true);
  for (int i = 0; i < 100; ++i) printer.Show(At(i * absl::Milliseconds(10)));
  EXPECT_THAT(written, SizeIs(10));
  EXPECT_THAT(written[0], StartsWith("\r\x1b[K["));
  EXPECT_THAT(written[0], Not(EndsWith("\n")));
}

TEST_F(ProgressPrinterTest, WritesALineEveryTenSecondsElsewhere) {
  ProgressPrinter printer = Printer(false);
  for (int i = 0; i < 25; ++i) printer.Show(At(absl::Seconds(i)));
  EXPECT_THAT(written, SizeIs(2));
  EXPECT_THAT(written[0], StartsWith("["));
  EXPECT_THAT(written[0], EndsWith("\n"));
}

TEST_F(ProgressPrinterTest, IsSilentElsewhereWhenAllIsQuick) {
  ProgressPrinter printer = Printer(false);
  printer.Show(At(absl::Seconds(9)));
  printer.Clear();
  EXPECT_THAT(written, IsEmpty());
}

TEST_F(ProgressPrinterTest, KeepsOtherLinesApartFromItsOwn) {
  EXPECT_EQ(Printer(true).Aside("refused"), "\r\x1b[Krefused\n");
  EXPECT_EQ(Printer(false).Aside("refused"), "refused\n");
}

}  // namespace
}  // namespace staffroom
