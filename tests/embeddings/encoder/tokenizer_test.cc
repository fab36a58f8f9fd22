#include "embeddings/encoder/tokenizer.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// One letter for the class, then the text: "w:chat". A word that is part of a hashtag is a "p".
std::vector<std::string> Tokens(absl::string_view text) {
  std::vector<std::string> tokens;
  Tokenize(text, [&tokens](const Token& token) {
    const char* name = "?";
    switch (token.token_class) {
      case TokenClass::kWord:
        name = token.in_hashtag ? "p:" : "w:";
        break;
      case TokenClass::kHashtag:
        name = "#:";
        break;
      case TokenClass::kEmoji:
        name = "e:";
        break;
      case TokenClass::kIdeographs:
        name = "i:";
        break;
    }
    tokens.push_back(name + std::string(token.text.data(), token.text.size()));
  });
  return tokens;
}

TEST(Tokenizer, SplitsWordsAtSpacesAndPunctuation) {
  EXPECT_THAT(Tokens("Fractions, on a number-line!"), ElementsAre("w:fractions", "w:on", "w:a", "w:number", "w:line"));
}

TEST(Tokenizer, FindsNothingWhereNothingIsSaid) {
  EXPECT_THAT(Tokens(""), IsEmpty());
  EXPECT_THAT(Tokens(" \t\n?!… ___ # @ & ' "), IsEmpty());
}

TEST(Tokenizer, DropsApostrophesInsideWords) {
  EXPECT_THAT(Tokens("don't don’t 'quoted' teachers'"), ElementsAre("w:dont", "w:dont", "w:quoted", "w:teachers"));
}

TEST(Tokenizer, DropsLinksUpToTheNextSpace) {
  EXPECT_THAT(Tokens("see https://example.org/a?b=c#d now"), ElementsAre("w:see", "w:now"));
  EXPECT_THAT(Tokens("HTTP://EXAMPLE.ORG www.example.org"), IsEmpty());
  EXPECT_THAT(Tokens("https://example.org/x数学"), ElementsAre("i:数学"));
  EXPECT_THAT(Tokens("https we www httpx"), ElementsAre("w:https", "w:we", "w:www", "w:httpx"));
}

TEST(Tokenizer, DropsHandlesAndAddresses) {
  EXPECT_THAT(Tokens("@first_last hi @name@school.example bye"), ElementsAre("w:hi", "w:bye"));
  EXPECT_THAT(Tokens("thanks (@name)."), ElementsAre("w:thanks"));
  EXPECT_THAT(Tokens("write to name@school.example."), ElementsAre("w:write", "w:to"));
  EXPECT_THAT(Tokens("meet @ noon"), ElementsAre("w:meet", "w:noon"));
}

TEST(Tokenizer, DropsHtmlEntities) {
  EXPECT_THAT(Tokens("bread &amp; butter &#128512;"), ElementsAre("w:bread", "w:butter"));
  EXPECT_THAT(Tokens("R&D lab"), ElementsAre("w:r", "w:d", "w:lab"));
}

TEST(Tokenizer, GivesAHashtagWholeAndInParts) {
  EXPECT_THAT(Tokens("#NGSSchat"), ElementsAre("#:ngsschat", "p:ngss", "p:chat"));
  EXPECT_THAT(Tokens("＃Math"), ElementsAre("#:math", "p:math"));
  EXPECT_THAT(Tokens("#数学"), ElementsAre("#:数学", "i:数学"));
  EXPECT_THAT(Tokens("#__ #"), IsEmpty());
}

TEST(Tokenizer, ReadsOneWordInEveryCaseWidthAndAccentOrder) {
  EXPECT_THAT(Tokens("ÉCOLE école e\xCC\x81"
                     "cole"),
              ElementsAre("w:école", "w:école", "w:école"));
  EXPECT_THAT(Tokens("ＭＡＴＨ STRASSE straße ﬁeld"), ElementsAre("w:math", "w:strasse", "w:strasse", "w:field"));
}

TEST(Tokenizer, ReadsScriptsFromRightToLeftAndWithMarks) {
  EXPECT_THAT(Tokens("שלום מורים"), ElementsAre("w:שלום", "w:מורים"));
  EXPECT_THAT(Tokens("السلام\u200F عليكم"), ElementsAre("w:السلام", "w:عليكم"));
  EXPECT_THAT(Tokens("हिन्दी शिक्षक"), ElementsAre("w:हिन्दी", "w:शिक्षक"));
}

TEST(Tokenizer, KeepsIdeographsApartFromWords) {
  EXPECT_THAT(Tokens("NGSSの授業、楽しい"), ElementsAre("w:ngss", "i:の授業", "i:楽しい"));
  EXPECT_THAT(Tokens("ｶﾞｯｺｳ"), ElementsAre("i:ガッコウ"));
  EXPECT_THAT(Tokens("학교에서 배움"), ElementsAre("i:학교에서", "i:배움"));
}

TEST(Tokenizer, TakesAnEmojiWithoutItsSkinToneAndJoiners) {
  EXPECT_THAT(Tokens("👍👍🏽"), ElementsAre("e:👍", "e:👍"));
  EXPECT_THAT(Tokens("👩‍🏫"), ElementsAre("e:👩", "e:🏫"));
  EXPECT_THAT(Tokens("❤️ ❤"), ElementsAre("e:❤", "e:❤"));
  EXPECT_THAT(Tokens("great💡idea"), ElementsAre("w:great", "e:💡", "w:idea"));
  EXPECT_THAT(Tokens("© Math™"), ElementsAre("w:math"));
}

TEST(Tokenizer, TakesAFlagAsOneEmoji) {
  EXPECT_THAT(Tokens("🇩🇪🇫🇷"), ElementsAre("e:🇩🇪", "e:🇫🇷"));
  EXPECT_THAT(Tokens("🇩 🇪"), IsEmpty());
}

TEST(Tokenizer, ReadsBrokenUtf8AsSpaces) {
  EXPECT_THAT(Tokens("good\xFF"
                     "morning"),
              ElementsAre("w:good", "w:morning"));
  EXPECT_THAT(Tokens("cut\xE2\x82"), ElementsAre("w:cut"));
  EXPECT_THAT(Tokens("surrogate\xED\xA0\x80"
                     "half"),
              ElementsAre("w:surrogate", "w:half"));
  EXPECT_THAT(Tokens("over\xC0\xAFlong"), ElementsAre("w:over", "w:long"));
  EXPECT_THAT(Tokens(absl::string_view("zero\0byte", 9)), ElementsAre("w:zero", "w:byte"));
}

TEST(Tokenizer, CutsARunWithoutSpacesIntoTokensOfBoundedLength) {
  const std::string run(kMaxTokenCodePoints + 1, 'a');
  EXPECT_THAT(Tokens(run), ElementsAre("w:" + std::string(kMaxTokenCodePoints, 'a'), "w:a"));
  std::string ideographs;
  for (size_t i = 0; i < 2 * kMaxTokenCodePoints; ++i) ideographs += "学";
  EXPECT_THAT(Tokens(ideographs), SizeIs(2));
}

TEST(Tokenizer, ExpandsTheLongestCompatibilityCharacters) {
  std::string run;
  for (size_t i = 0; i < kMaxTokenCodePoints; ++i) run += "\uFDFA";
  EXPECT_THAT(Tokens(run), ElementsAre(SizeIs(2 + kMaxTokenCodePoints * 33)));
}

}  // namespace
}  // namespace staffroom::embeddings
