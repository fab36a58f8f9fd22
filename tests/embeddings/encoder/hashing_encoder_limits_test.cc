#include <chrono>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "embeddings/encoder/encoder.h"
#include "gtest/gtest.h"
#include "tests/embeddings/encoder/encoding.h"

namespace staffroom::embeddings {
namespace {

TEST(HashingEncoderLimits, GivesZerosWhereThereIsNoToken) {
  for (absl::string_view text : {"", "   ", "?!", "https://example.org", "@name", "\xFF\xFE"}) {
    EXPECT_EQ(Encode(text), std::vector<float>(kDimensions, 0.0f)) << text;
  }
}

TEST(HashingEncoderLimits, GivesAUnitVectorForAnyToken) {
  for (absl::string_view text : {"a", "1", "the", "学", "👍", "#x", "of and or"}) {
    EXPECT_NEAR(SumOfSquares(Encode(text)), 1.0, 1e-5) << text;
  }
}

TEST(HashingEncoderLimits, SurvivesRandomBytes) {
  std::mt19937 random(1);
  std::uniform_int_distribution<int> byte(0, 255);
  std::uniform_int_distribution<size_t> size(0, 400);
  for (int round = 0; round < 2000; ++round) {
    std::string text(size(random), ' ');
    for (char& c : text) c = static_cast<char>(byte(random));
    ExpectUnitOrZero(Encode(text), absl::StrCat("round ", round));
  }
}

TEST(HashingEncoderLimits, SurvivesRandomPiecesOfEveryKindOfText) {
  const std::vector<std::string> pieces = {
      "#",         "@",       "&",    ";",      "_",        "'",        "’",
      " ",         "http://", "www.", "a",      "Z",        "9",        "é",
      "e\xCC\x81", "学",      "ｶﾞ",   "한",     "ש",        "👍",       "🏽",
      "\u200D",    "\uFE0F",  "🇩",    "\uFDFA", "\xE2\x82", "\xF0\x9F", std::string(1, '\0')};
  std::mt19937 random(2);
  std::uniform_int_distribution<size_t> piece(0, pieces.size() - 1);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 150; ++i) text += pieces[piece(random)];
    ExpectUnitOrZero(Encode(text), absl::StrCat("round ", round));
  }
}

// The worst texts of each kind must cost no more than their length: a quadratic step would take minutes. The
// bound is 50 times what an unoptimised build needs.
TEST(HashingEncoderLimits, NeedsLinearTimeForAMegabyteOfAnything) {
  std::string distinct_words;
  for (int i = 0; distinct_words.size() < kMegabyte; ++i) {
    absl::StrAppend(&distinct_words, "w", i, " ");
  }
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"one word", Repeat("photosynthesis ", kMegabyte)},
      {"distinct words", distinct_words},
      {"no space", Repeat("a", kMegabyte)},
      {"combining marks", Repeat("a\xCC\x81\xCC\xA7\xCC\x81\xCC\xA7\xCC\x81\xCC\xA7", kMegabyte)},
      {"only marks", Repeat("\xCC\x81\xCC\xA7", kMegabyte)},
      {"hashtags", Repeat("#ABcdEF12", kMegabyte)},
      {"capitals", absl::StrCat("#", Repeat("A", kMegabyte))},
      {"handles", Repeat("@a.", kMegabyte)},
      {"entities", Repeat("&amp", kMegabyte)},
      {"ideographs", Repeat("数学", kMegabyte)},
      {"long expansions", Repeat("\uFDFA", kMegabyte)},
      {"broken bytes", Repeat("\xF0\x9F", kMegabyte)},
  };
  for (const auto& [name, text] : texts) {
    const auto start = std::chrono::steady_clock::now();
    ExpectUnitOrZero(Encode(text), name);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    EXPECT_LT(elapsed.count(), 30.0) << name;
  }
}

}  // namespace
}  // namespace staffroom::embeddings
