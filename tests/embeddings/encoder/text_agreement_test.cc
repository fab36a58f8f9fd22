// The Python reference that models are trained with and this encoder read a text alike: its tokens, its pieces, and how much
// of it they cover. The golden files are written by embeddings/training/write_golden.py, which says when to write them anew.
#include <zlib.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "embeddings/encoder/text_pieces.h"
#include "embeddings/encoder/tokenizer.h"
#include "embeddings/models/shipped_model.h"
#include "embeddings/models/static_model.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/model_writer.h"
#include "tests/support/status_matchers.h"
#include "tests/support/text_lines.h"

namespace staffroom::embeddings {
namespace {

using ::testing::SizeIs;

std::vector<std::string> GoldenLines(absl::string_view name) {
  absl::StatusOr<std::vector<std::string>> lines = ReadLines(absl::StrCat(STAFFROOM_GOLDEN_DIR, "/", name));
  EXPECT_THAT(lines, IsOk());
  return lines.ok() ? *std::move(lines) : std::vector<std::string>();
}

struct GoldenText {
  std::string text;
  std::string tokens;
};

std::vector<GoldenText> GoldenTexts() {
  std::vector<GoldenText> texts;
  for (const std::string& line : GoldenLines("tokens.tsv.gz")) {
    const std::vector<absl::string_view> columns = absl::StrSplit(line, '\t');
    GoldenText golden;
    EXPECT_THAT(columns, SizeIs(2));
    EXPECT_TRUE(absl::CUnescape(columns.front(), &golden.text) && absl::CUnescape(columns.back(), &golden.tokens));
    texts.push_back(std::move(golden));
  }
  return texts;
}

std::string Tokens(absl::string_view text) {
  std::vector<std::string> tokens;
  Tokenize(text, [&tokens](const Token& token) {
    constexpr char kNames[] = {'w', '#', 'e', 'i'};
    tokens.push_back(absl::StrCat(std::string(1, kNames[static_cast<size_t>(token.token_class)]), token.text));
  });
  return absl::StrJoin(tokens, "\x1F");
}

// As the first line of a golden file of pieces says it.
std::string NameOf(const ModelTable& table) {
  std::string texts;
  for (uint32_t piece = 0; piece < table.pieces(); ++piece) {
    absl::StrAppend(&texts, piece == 0 ? "" : "\n", table.text(piece));
  }
  const uLong checksum = crc32(0, reinterpret_cast<const Bytef*>(texts.data()), static_cast<uInt>(texts.size()));
  return absl::StrFormat("%d\t%08x", table.pieces(), checksum);
}

std::string Pieces(const PieceVocabulary& vocabulary, absl::string_view text) {
  std::vector<uint32_t> pieces;
  const Coverage coverage = ForEachPiece(vocabulary, text, [&pieces](uint32_t piece) { pieces.push_back(piece); });
  return absl::StrCat(coverage.known, "\t", coverage.unknown, "\t", absl::StrJoin(pieces, " "));
}

void ExpectPiecesOf(const StaticModel& model, absl::string_view golden_name) {
  const std::vector<GoldenText> texts = GoldenTexts();
  const std::vector<std::string> golden = GoldenLines(golden_name);
  ASSERT_THAT(golden, SizeIs(texts.size() + 1));
  ASSERT_EQ(NameOf(model.table()), golden[0]) << "written for another vocabulary: run write_golden.py again";
  const PieceVocabulary vocabulary(model.pieces());
  for (size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(Pieces(vocabulary, texts[i].text), golden[i + 1]) << "text: " << absl::CHexEscape(texts[i].text);
  }
}

TEST(TextAgreement, OnTheTokensOfThousandsOfTexts) {
  const std::vector<GoldenText> texts = GoldenTexts();
  EXPECT_GT(texts.size(), 10000u);
  for (const GoldenText& golden : texts) {
    EXPECT_EQ(Tokens(golden.text), golden.tokens) << "text: " << absl::CHexEscape(golden.text);
  }
}

TEST(TextAgreement, OnThePiecesOfASmallVocabulary) {
  const std::string bytes = WriteModel(DrawPieces(GoldenLines("small_vocabulary.txt.gz")));
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<StaticModel> model, StaticModel::FromBytes(bytes));
  ExpectPiecesOf(*model, "small_pieces.tsv.gz");
}

TEST(TextAgreement, OnThePiecesOfTheShippedModel) {
  ASSERT_OK_AND_ASSIGN(const std::string path, FindShippedModel());
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<StaticModel> model, StaticModel::Open(path));
  ExpectPiecesOf(*model, "shipped_pieces.tsv.gz");
}

}  // namespace
}  // namespace staffroom::embeddings
