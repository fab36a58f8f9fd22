#include "embeddings/encoder/piece_vocabulary.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/embeddings/encoder/static_encoding.h"

namespace staffroom::embeddings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

StaticEncoding Vocabulary(const std::vector<std::string>& texts) { return StaticEncoding(DrawPieces(texts)); }

TEST(PieceVocabulary, TakesTheLongestPieceThatStartsAWord) {
  const StaticEncoding vocabulary = Vocabulary({"t", "teach", "teacher", "##er", "##s", "##ers"});
  EXPECT_THAT(vocabulary.Pieces("Teacher"), ElementsAre("teacher"));
  EXPECT_THAT(vocabulary.Pieces("teachers"), ElementsAre("teacher", "##s"));
  EXPECT_THAT(vocabulary.Pieces("teaches"), IsEmpty());
  EXPECT_THAT(vocabulary.Pieces("t"), ElementsAre("t"));
}

TEST(PieceVocabulary, IsGreedyThoughAnotherSplitWouldFit) {
  const StaticEncoding vocabulary = Vocabulary({"ab", "abc", "##cd", "##d"});
  EXPECT_THAT(vocabulary.Pieces("abcd"), ElementsAre("abc", "##d"));
  EXPECT_THAT(vocabulary.Pieces("abccd"), ElementsAre("abc", "##cd"));
  EXPECT_THAT(vocabulary.Pieces("abcc"), IsEmpty());
}

TEST(PieceVocabulary, KeepsBeginningsAndContinuationsApart) {
  const StaticEncoding vocabulary = Vocabulary({"math", "##ing", "go"});
  EXPECT_THAT(vocabulary.Pieces("ing"), IsEmpty());
  EXPECT_THAT(vocabulary.Pieces("gomath"), IsEmpty());
  EXPECT_THAT(vocabulary.Pieces("going"), ElementsAre("go", "##ing"));
}

TEST(PieceVocabulary, SplitsOnBordersOfCodePointsOnly) {
  // "é" is C3 A9, "ã" is C3 A3: they share a byte, and no piece.
  const StaticEncoding vocabulary = Vocabulary({"caf", "##é", "ж", "##ж", "##жж"});
  EXPECT_THAT(vocabulary.Pieces("café"), ElementsAre("caf", "##é"));
  EXPECT_THAT(vocabulary.Pieces("cafã"), IsEmpty());
  EXPECT_THAT(vocabulary.Pieces("жжжж"), ElementsAre("ж", "##жж", "##ж"));
}

TEST(PieceVocabulary, TakesAWholeHashtagAndThenItsWords) {
  const StaticEncoding vocabulary = Vocabulary({"ngss", "chat", "#ngsschat", "#ngss"});
  EXPECT_THAT(vocabulary.Pieces("#NGSSchat"), ElementsAre("#ngsschat", "ngss", "chat"));
  EXPECT_THAT(vocabulary.Pieces("#ChatNGSS"), ElementsAre("chat", "ngss"));
  EXPECT_THAT(vocabulary.Pieces("ngss"), ElementsAre("ngss"));
}

TEST(PieceVocabulary, TakesEmojiAndFlagsAsTheyAre) {
  const StaticEncoding vocabulary = Vocabulary({"👍", "🇩🇪", "❤"});
  EXPECT_THAT(vocabulary.Pieces("👍🏽🇩🇪🇫🇷❤️"), ElementsAre("👍", "🇩🇪", "❤"));
}

TEST(PieceVocabulary, TakesTheLongestTokenThatThereIs) {
  const StaticEncoding vocabulary = Vocabulary({"a", "##a"});
  EXPECT_THAT(vocabulary.Pieces(std::string(kMaxTokenCodePoints, 'a')), SizeIs(kMaxTokenCodePoints));
  // U+FDFA becomes 18 letters: none of another script may be left out at the buffer's end.
  const StaticEncoding arabic =
      Vocabulary({"ص", "##ص", "##ل", "##ى", "##ا", "##ه", "##ع", "##ي", "##و", "##س", "##م", "## "});
  std::string run;
  for (size_t i = 0; i < kMaxTokenCodePoints; ++i) run += "\uFDFA";
  EXPECT_THAT(arabic.Pieces(run), SizeIs(kMaxNormalizedCodePoints));
}

TEST(PieceVocabulary, CountsWhatIsKnownAndWhatIsNot) {
  const StaticEncoding vocabulary = Vocabulary({"ngss", "#ngss", "👍", "lab"});
  const auto counts = [&](absl::string_view text) {
    const Coverage coverage = vocabulary.CoverageOf(text);
    return std::pair(coverage.known, coverage.unknown);
  };
  EXPECT_EQ(counts(""), std::pair(size_t{0}, size_t{0}));
  EXPECT_EQ(counts("a lab 👍👎"), std::pair(size_t{2}, size_t{1}));  // an emoji is never unknown
  EXPECT_EQ(counts("#NGSS"), std::pair(size_t{2}, size_t{0}));
  EXPECT_EQ(counts("#LabDay"), std::pair(size_t{1}, size_t{1}));  // the whole tag is never unknown
  EXPECT_EQ(counts("数"), std::pair(size_t{0}, size_t{1}));
  EXPECT_EQ(counts("数学の授業、楽しい"), std::pair(size_t{0}, size_t{5}));  // 5 and 3, each halved and rounded up
}

}  // namespace
}  // namespace staffroom::embeddings
