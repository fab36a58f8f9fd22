#include "embeddings/models/piece_table.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/model_writer.h"
#include "tests/support/status_matchers.h"

namespace staffroom::embeddings {
namespace {

using ::testing::Eq;
using ::testing::Optional;

absl::optional<uint32_t> Find(const PieceTable& table, absl::string_view prefix, absl::string_view rest) {
  return table.Find(PieceHash(absl::StrCat(prefix, rest)).Value(), prefix, rest);
}

TEST(PieceTable, FindsEachOfManyPiecesAndNothingElse) {
  std::vector<std::string> texts;
  for (int i = 0; i < 5000; ++i) texts.push_back(absl::StrCat(i % 2 == 0 ? "" : "##", "piece", i));
  const std::string bytes = WriteModel(DrawPieces(texts));
  ASSERT_OK_AND_ASSIGN(const ModelTable model, ModelTable::Parse(bytes));
  ASSERT_OK_AND_ASSIGN(const PieceTable table, PieceTable::Make(model));
  EXPECT_EQ(table.longest(), 11u);
  for (uint32_t i = 0; i < texts.size(); ++i) {
    EXPECT_THAT(Find(table, "", texts[i]), Optional(i));
    EXPECT_THAT(Find(table, texts[i].substr(0, 2), texts[i].substr(2)), Optional(i));
    EXPECT_THAT(Find(table, "", absl::StrCat(texts[i], "x")), Eq(absl::nullopt));
  }
  EXPECT_THAT(Find(table, "", ""), Eq(absl::nullopt));
  EXPECT_THAT(Find(table, "##", "piece2"), Eq(absl::nullopt));
}

TEST(PieceTable, TakesAsFewPiecesAsOne) {
  const std::string bytes = WriteModel(DrawPieces({"a"}));
  ASSERT_OK_AND_ASSIGN(const ModelTable model, ModelTable::Parse(bytes));
  ASSERT_OK_AND_ASSIGN(const PieceTable table, PieceTable::Make(model));
  EXPECT_THAT(Find(table, "", "a"), Optional(0u));
  EXPECT_THAT(Find(table, "", "b"), Eq(absl::nullopt));
}

}  // namespace
}  // namespace staffroom::embeddings
