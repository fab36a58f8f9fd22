#include <string>

#include "embeddings/encoder/encoder.h"
#include "gtest/gtest.h"
#include "tests/embeddings/encoder/encoding.h"

namespace staffroom::embeddings {
namespace {

// A text, one about the same thing, and one about something else.
struct Triple {
  absl::string_view text;
  absl::string_view near;
  absl::string_view far;
};

TEST(HashingEncoderLikeness, PutsTextsOfOneSubjectNearerThanOthers) {
  const Triple triples[] = {
      {"fractions on a number line", "teaching fractions", "teaching the water cycle"},
      {"How do plants make food? A photosynthesis lab.", "photosynthesis experiment with plants",
       "how do volcanoes form? A model of magma."},
      {"Looking for a mentor in middle school science", "I mentor science teachers in middle schools",
       "Looking for a recipe for banana bread"},
      {"our class debated the causes of the Civil War", "a Civil War debate for eighth grade",
       "our class measured the length of shadows"},
  };
  for (const Triple& triple : triples) {
    EXPECT_GT(Likeness(triple.text, triple.near), Likeness(triple.text, triple.far) + 0.1) << triple.text;
  }
}

TEST(HashingEncoderLikeness, SeesTheKinshipOfInflectedWords) {
  EXPECT_GT(Likeness("fraction", "fractions"), 0.5);
  EXPECT_GT(Likeness("teacher", "teaching"), 0.3);
  EXPECT_LT(Likeness("teacher", "volcano"), 0.2);
}

TEST(HashingEncoderLikeness, IgnoresCase) { EXPECT_EQ(Encode("FRACTIONS École ΟΔΟΣ"), Encode("fractions éCOLE οδος")); }

TEST(HashingEncoderLikeness, HardlyMindsTheOrderOfWords) {
  const double permuted = Likeness("energy transfer in food webs", "food webs energy in transfer");
  EXPECT_GT(permuted, 0.9);
  EXPECT_LT(permuted, 0.9999) << "pairs of neighbours should count a little";
}

TEST(HashingEncoderLikeness, HardlyMindsCommonWordsInProse) {
  EXPECT_GT(Likeness("What do you think about the periodic table", "periodic table"), 0.8);
}

TEST(HashingEncoderLikeness, TakesCommonWordsMoreSeriouslyInKeywords) {
  EXPECT_LT(Likeness("show and tell", "tell", TextKind::kKeywords),
            Likeness("show and tell about volcanoes", "volcanoes", TextKind::kProse));
  EXPECT_NE(Encode("show and tell volcanoes", TextKind::kKeywords),
            Encode("show and tell volcanoes", TextKind::kProse));
}

TEST(HashingEncoderLikeness, ReadsTheWordsInsideHashtags) {
  EXPECT_GT(Likeness("#GrowthMindset", "growth mindset"), 0.5);
  EXPECT_GT(Likeness("#NGSSchat", "NGSS"), 0.3);
  EXPECT_GT(Likeness("#ngsschat tonight", "#NGSSChat tonight"), 0.95);
  EXPECT_GT(Likeness("#scichat", "#scichat about rocks"), Likeness("#scichat", "#mathchat"));
}

TEST(HashingEncoderLikeness, ForgetsLinksAndHandles) {
  EXPECT_EQ(Encode("@someone wind turbines https://example.org/a"), Encode("wind turbines"));
}

TEST(HashingEncoderLikeness, CountsARepeatedWordMoreButLessAndLess) {
  const double once = Likeness("volcano map", "volcano");
  const double twice = Likeness("volcano volcano map", "volcano");
  const double often = Likeness("volcano volcano volcano volcano map", "volcano");
  EXPECT_GT(twice, once);
  EXPECT_GT(often, twice);
  EXPECT_LT(often - twice, twice - once);
}

TEST(HashingEncoderLikeness, ReadsScriptsWithoutSpacesByPairs) {
  EXPECT_GT(Likeness("小学校の算数の授業", "算数の授業"), 0.5);
  EXPECT_GT(Likeness("小学校の算数の授業", "算数の授業"), Likeness("小学校の算数の授業", "火山と地震") + 0.3);
  EXPECT_GT(Likeness("授業", "業授"), 0.1) << "single characters count";
  EXPECT_LT(Likeness("授業", "業授"), 0.9) << "their order counts";
}

TEST(HashingEncoderLikeness, ReadsScriptsFromRightToLeft) {
  EXPECT_GT(Likeness("مدرسة العلوم", "العلوم"), Likeness("مدرسة العلوم", "التاريخ") + 0.2);
}

TEST(HashingEncoderLikeness, TakesEmojiAsWords) {
  EXPECT_GT(Likeness("👍 volcano", "👍🏽 desert"), Likeness("🌋 volcano", "👍🏽 desert") + 0.1);
  EXPECT_NEAR(Likeness("👍", "👍🏿"), 1.0, 1e-6);
}

}  // namespace
}  // namespace staffroom::embeddings
