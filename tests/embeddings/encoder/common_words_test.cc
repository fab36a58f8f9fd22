#include "embeddings/encoder/common_words.h"

#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

TEST(CommonWords, KnowsGrammarFromFillersFromContent) {
  EXPECT_EQ(CommonnessOf("the"), Commonness::kGrammar);
  EXPECT_EQ(CommonnessOf("a"), Commonness::kGrammar);
  EXPECT_EQ(CommonnessOf("youve"), Commonness::kGrammar);
  EXPECT_EQ(CommonnessOf("really"), Commonness::kFiller);
  EXPECT_EQ(CommonnessOf("able"), Commonness::kFiller);
  EXPECT_EQ(CommonnessOf("yet"), Commonness::kFiller);
  EXPECT_EQ(CommonnessOf("fractions"), Commonness::kContent);
}

TEST(CommonWords, ReachesItsLongestWords) {
  EXPECT_EQ(CommonnessOf("including"), Commonness::kFiller);
  EXPECT_EQ(CommonnessOf("something"), Commonness::kFiller);
}

TEST(CommonWords, LeavesWordsThatNameASubjectAlone) {
  for (absl::string_view word : {"students", "learning", "teacher", "data", "math", "world"}) {
    EXPECT_EQ(CommonnessOf(word), Commonness::kContent) << word;
  }
}

}  // namespace
}  // namespace staffroom::embeddings
