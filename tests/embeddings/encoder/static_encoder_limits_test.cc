#include <chrono>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/embeddings/encoder/encoding.h"
#include "tests/embeddings/encoder/static_encoding.h"

namespace staffroom::embeddings {
namespace {

// Every small letter starts and goes on with a word, so that any word of theirs is known and cut into single letters.
StaticEncoding LetterModel() {
  std::vector<std::string> texts = {
      "photosynthesis", "👍", "#math", "é", "##é", "ש", "##ש", "##abcdefghijklmnopqrstuvwxyz"};
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    texts.emplace_back(1, letter);
    texts.push_back(absl::StrCat("##", std::string(1, letter)));
  }
  return StaticEncoding(DrawPieces(texts));
}

TEST(StaticEncoderLimits, GivesAUnitVectorForAnyToken) {
  const StaticEncoding model = LetterModel();
  for (absl::string_view text : {"a", "1", "the", "学", "👍", "👎", "#x", "#math", "שלום", "مرحبا", "학교", "é"}) {
    EXPECT_NEAR(SumOfSquares(model.Encode(text)), 1.0, 1e-5) << text;
  }
}

TEST(StaticEncoderLimits, SurvivesRandomBytes) {
  const StaticEncoding model = LetterModel();
  std::mt19937 random(1);
  std::uniform_int_distribution<int> byte(0, 255);
  std::uniform_int_distribution<size_t> size(0, 400);
  for (int round = 0; round < 2000; ++round) {
    std::string text(size(random), ' ');
    for (char& c : text) c = static_cast<char>(byte(random));
    ExpectUnitOrZero(model.Encode(text), absl::StrCat("round ", round));
  }
}

// The worst texts of each kind cost no more than their length. The bound is many times what an unoptimised build needs.
TEST(StaticEncoderLimits, NeedsLinearTimeForAMegabyteOfAnything) {
  const StaticEncoding model = LetterModel();
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"one piece", Repeat("photosynthesis ", kMegabyte)},
      {"no space", Repeat("a", kMegabyte)},
      {"nearly the longest piece", Repeat("abcdefghijklmnopqrstuvwxya", kMegabyte)},
      {"right to left", Repeat("שש ", kMegabyte)},
      {"hashtags", Repeat("#ABcdEF12", kMegabyte)},
      {"emoji", Repeat("👍👎", kMegabyte)},
      {"ideographs", Repeat("数学", kMegabyte)},
      {"long expansions", Repeat("\uFDFA", kMegabyte)},
      {"broken bytes", Repeat("\xF0\x9F", kMegabyte)},
  };
  for (const auto& [name, text] : texts) {
    const auto start = std::chrono::steady_clock::now();
    ExpectUnitOrZero(model.Encode(text), name);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    EXPECT_LT(elapsed.count(), 30.0) << name;
  }
}

}  // namespace
}  // namespace staffroom::embeddings
