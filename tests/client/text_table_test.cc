#include "service/client/text_table.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom {
namespace {

using Align = TextTable::Align;

TEST(TextTable, MakesColumnsAsWideAsTheirWidestCell) {
  TextTable table({Align::kRight, Align::kLeft, Align::kLeft});
  table.AddRow({"1", "Ines", "maths"});
  table.AddRow({"10", "Omar Haddad", ""});
  EXPECT_EQ(table.ToString(), " 1  Ines         maths\n10  Omar Haddad\n");
}

TEST(TextTable, CountsWhatATerminalShowsNotBytes) {
  TextTable table({Align::kLeft, Align::kLeft});
  table.AddRow({"Zoë", "x"});
  table.AddRow({"山田", "x"});
  table.AddRow({"Lia", "x"});
  EXPECT_EQ(table.ToString(), "Zoë   x\n山田  x\nLia   x\n");
}

TEST(TextTable, LetsNoCellCommandTheTerminal) {
  TextTable table({Align::kLeft});
  table.AddRow(
      {"a\x1b[2Jb\nc\xc2\x9b"
       "d"});
  EXPECT_EQ(table.ToString(), "a?[2Jb?c?d\n");
}

TEST(TextTable, LetsACombiningMarkTakeNoColumn) { EXPECT_EQ(ColumnsOf("e\u0301"), 1); }

}  // namespace
}  // namespace staffroom
