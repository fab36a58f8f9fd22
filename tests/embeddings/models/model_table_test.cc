#include "embeddings/models/model_table.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/model_writer.h"
#include "tests/support/status_matchers.h"

namespace staffroom::embeddings {
namespace {

using ::testing::HasSubstr;

// What a writer got wrong although the checksum is right.
void ExpectRefused(std::string bytes, const std::string& message) {
  RepairChecksum(bytes);
  EXPECT_THAT(ModelTable::Parse(bytes), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(message)));
}

TEST(ModelTable, HoldsWhatWasWritten) {
  const std::vector<WrittenPiece> pieces = DrawPieces({"teach", "##er", "#ngsschat", "👍", "é"});
  const std::string bytes = WriteModel(pieces, "static-256-v1");
  ASSERT_OK_AND_ASSIGN(const ModelTable table, ModelTable::Parse(bytes));
  EXPECT_EQ(table.model_id(), "static-256-v1");
  ASSERT_EQ(table.pieces(), pieces.size());
  for (uint32_t i = 0; i < table.pieces(); ++i) {
    EXPECT_EQ(table.text(i), pieces[i].text);
    EXPECT_EQ(table.scale(i), pieces[i].scale);
    EXPECT_EQ(std::vector<int8_t>(table.row(i), table.row(i) + kModelDimensions), pieces[i].row);
  }
}

// The format is persisted: these bytes change only with its version.
TEST(ModelTable, ReadsTheBytesOfVersion1) {
  std::string bytes("SRSTATIC\1\0\0\0\1\0\0\0\0\1\0\0\2\0\0\0\3\0\0\0", 28);
  bytes += std::string("\x12\xA4\x36\x50", 4) + "old-256-v1" + std::string(54 + 32, '\0');
  bytes += std::string(256, '\x7F') + std::string(256, '\x81');
  bytes += std::string("\xFF\x7F\1\0\1\0\0\0\3\0\0\0", 12) + "a##";
  ASSERT_OK_AND_ASSIGN(const ModelTable table, ModelTable::Parse(bytes));
  EXPECT_EQ(table.model_id(), "old-256-v1");
  EXPECT_EQ(table.row(0)[0], 127);
  EXPECT_EQ(table.row(1)[255], -127);
  EXPECT_EQ(table.scale(0), 32767);
  EXPECT_EQ(table.scale(1), 1);
  EXPECT_EQ(table.text(0), "a");
  EXPECT_EQ(table.text(1), "##");
}

TEST(ModelTable, DoesNotCareHowItsBytesAreAligned) {
  const std::vector<WrittenPiece> pieces = DrawPieces({"a", "bc", "def"});
  for (size_t offset = 0; offset < 8; ++offset) {
    const std::string bytes = std::string(offset, 'x') + WriteModel(pieces);
    ASSERT_OK_AND_ASSIGN(const ModelTable table, ModelTable::Parse(absl::string_view(bytes).substr(offset)));
    EXPECT_EQ(table.text(2), "def");
    EXPECT_EQ(table.scale(2), pieces[2].scale);
  }
}

TEST(ModelTable, AModelIdMayFillItsField) {
  const std::string id(64, 'x');
  const std::string bytes = WriteModel(DrawPieces({"a"}), id);
  ASSERT_OK_AND_ASSIGN(const ModelTable table, ModelTable::Parse(bytes));
  EXPECT_EQ(table.model_id(), id);
}

TEST(ModelTable, RefusesWhatNoWriterMayWrite) {
  std::vector<WrittenPiece> pieces = DrawPieces({"ab", "cd"});
  const std::string whole = WriteModel(pieces);
  const size_t ends = 128 + 2 * (256 + 2);
  ExpectRefused(WriteModel({}), "0 pieces");
  ExpectRefused(WriteModel(pieces, ""), "model id");
  ExpectRefused(WriteModel(pieces, "Static"), "model id");
  ExpectRefused(WriteModel(pieces, std::string("a\0b", 3)), "model id");
  ExpectRefused(std::string(whole).replace(127, 1, "x"), "reserved bytes");
  ExpectRefused(std::string(whole).replace(128 + 511, 1, "\x80"), "piece 1: its row holds -128");
  std::string bytes = whole;
  SetField(bytes, 16, 128);
  ExpectRefused(bytes, "128 dimensions");
  bytes = whole;
  SetField(bytes, ends, 0);
  ExpectRefused(bytes, "piece 0: its text ends at 0");
  bytes = whole;
  SetField(bytes, ends + 4, 2);
  ExpectRefused(bytes, "piece 1: its text ends at 2, after one that ends at 2");
  bytes = whole;
  SetField(bytes, ends, 5);
  ExpectRefused(bytes, "piece 0: its text ends at 5");
  bytes = whole;
  SetField(bytes, ends + 4, 3);
  ExpectRefused(bytes, "its last piece ends at 3 of 4");
  pieces[1].scale = 0;
  ExpectRefused(WriteModel(pieces), "piece 1: its scale is 0");
  pieces[1].scale = 32768;
  ExpectRefused(WriteModel(pieces), "piece 1: its scale is 32768");
}

TEST(ModelTable, RefusesPiecesThatAreNotUtf8) {
  for (const char* text : {"\xFF", "a\xC3", "\xED\xA0\x80", "\xC0\x80", "\xF4\x90\x80\x80"}) {
    ExpectRefused(WriteModel(DrawPieces({"a", text})), "piece 1: its text is not UTF-8");
  }
  // Cut between two pieces: neither is UTF-8, though the texts together are.
  ExpectRefused(WriteModel(DrawPieces({"\xC3", "\xA9"})), "piece 0: its text is not UTF-8");
}

}  // namespace
}  // namespace staffroom::embeddings
