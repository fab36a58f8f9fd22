#include "service/base/utf8.h"

#include "gtest/gtest.h"

namespace staffroom {
namespace {

TEST(Utf8, TakesEveryLengthOfSequence) {
  EXPECT_EQ(Utf8SequenceLength("a"), 1u);
  EXPECT_EQ(Utf8SequenceLength("\xC3\xA9"), 2u);          // é
  EXPECT_EQ(Utf8SequenceLength("\xE2\x82\xAC"), 3u);      // €
  EXPECT_EQ(Utf8SequenceLength("\xF0\x9F\x8D\x8E"), 4u);  // an apple
  EXPECT_EQ(Utf8SequenceLength("\xF4\x8F\xBF\xBF"), 4u);  // U+10FFFF
  EXPECT_EQ(Utf8SequenceLength("\xEE\x80\x80"), 3u);      // U+E000, just above the surrogates
}

TEST(Utf8, RefusesWhatTheStandardRefuses) {
  EXPECT_EQ(Utf8SequenceLength(""), 0u);
  EXPECT_EQ(Utf8SequenceLength("\x80"), 0u) << "a byte that continues nothing";
  EXPECT_EQ(Utf8SequenceLength("\xC3"), 0u) << "cut off";
  EXPECT_EQ(Utf8SequenceLength("\xC3z"), 0u) << "not continued";
  EXPECT_EQ(Utf8SequenceLength("\xC1\xBF"), 0u) << "overlong in two";
  EXPECT_EQ(Utf8SequenceLength("\xE0\x9F\xBF"), 0u) << "overlong in three";
  EXPECT_EQ(Utf8SequenceLength("\xF0\x8F\xBF\xBF"), 0u) << "overlong in four";
  EXPECT_EQ(Utf8SequenceLength("\xED\xA0\x80"), 0u) << "a surrogate";
  EXPECT_EQ(Utf8SequenceLength("\xF4\x90\x80\x80"), 0u) << "above U+10FFFF";
  EXPECT_EQ(Utf8SequenceLength("\xE2\x82z"), 0u) << "broken in its third byte";
  EXPECT_EQ(Utf8SequenceLength("\xFF"), 0u);
}

TEST(Utf8, TheValidPrefixEndsAtTheFirstBadByte) {
  EXPECT_EQ(Utf8ValidPrefix("caf\xC3\xA9"), 5u);
  EXPECT_EQ(Utf8ValidPrefix("caf\xC3"), 3u);
  EXPECT_EQ(Utf8ValidPrefix(""), 0u);
}

TEST(Utf8, ACutNeverSplitsACharacter) {
  EXPECT_EQ(Utf8Cut("caf\xC3\xA9s", 4), "caf");
  EXPECT_EQ(Utf8Cut("caf\xC3\xA9s", 5), "caf\xC3\xA9");
  EXPECT_EQ(Utf8Cut("cafe", 100), "cafe");
}

}  // namespace
}  // namespace staffroom
