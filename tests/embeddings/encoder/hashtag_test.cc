#include "embeddings/encoder/hashtag.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Parts(absl::string_view tag) {
  std::vector<std::string> parts;
  SplitHashtag(tag, [&parts](absl::string_view part) { parts.emplace_back(part.data(), part.size()); });
  return parts;
}

TEST(Hashtag, SplitsWhereSmallLettersMeetCapitals) {
  EXPECT_THAT(Parts("GrowthMindset"), ElementsAre("Growth", "Mindset"));
  EXPECT_THAT(Parts("iTeachMath"), ElementsAre("i", "Teach", "Math"));
  EXPECT_THAT(Parts("ÉcoleÉlémentaire"), ElementsAre("École", "Élémentaire"));
}

TEST(Hashtag, SplitsAtUnderscoresAndNumbers) {
  EXPECT_THAT(Parts("Grade5_Math"), ElementsAre("Grade", "5", "Math"));
  EXPECT_THAT(Parts("_back_to_school_"), ElementsAre("back", "to", "school"));
  EXPECT_THAT(Parts("2021goals"), ElementsAre("2021", "goals"));
}

TEST(Hashtag, KeepsShortNumberedNamesWhole) {
  EXPECT_THAT(Parts("K12Teachers"), ElementsAre("K12", "Teachers"));
  EXPECT_THAT(Parts("y6"), ElementsAre("y6"));
  EXPECT_THAT(Parts("AP2021"), ElementsAre("AP", "2021"));
}

TEST(Hashtag, GivesTheLastCapitalOfAnAcronymToTheWordBehindIt) {
  EXPECT_THAT(Parts("NGSSChat"), ElementsAre("NGSS", "Chat"));
  EXPECT_THAT(Parts("STEMLearning"), ElementsAre("STEM", "Learning"));
}

TEST(Hashtag, KeepsTheAcronymWholeBeforeAWordThatIsGluedToAcronyms) {
  EXPECT_THAT(Parts("NGSSchat"), ElementsAre("NGSS", "chat"));
  EXPECT_THAT(Parts("STEMeducation"), ElementsAre("STEM", "education"));
  EXPECT_THAT(Parts("STEMed"), ElementsAre("STEM", "ed"));
}

TEST(Hashtag, SplitsGluedWordsOffTagsOfOneCase) {
  EXPECT_THAT(Parts("ngsschat"), ElementsAre("ngss", "chat"));
  EXPECT_THAT(Parts("SCICHAT"), ElementsAre("SCI", "CHAT"));
  EXPECT_THAT(Parts("mathteachers"), ElementsAre("math", "teachers"));
}

TEST(Hashtag, LeavesASingleWordWhole) {
  EXPECT_THAT(Parts("inspired"), ElementsAre("inspired"));
  EXPECT_THAT(Parts("chat"), ElementsAre("chat"));
  EXPECT_THAT(Parts("PBL"), ElementsAre("PBL"));
  EXPECT_THAT(Parts("数学教育"), ElementsAre("数学教育"));
}

TEST(Hashtag, GivesNothingForUnderscores) {
  EXPECT_THAT(Parts(""), IsEmpty());
  EXPECT_THAT(Parts("__"), IsEmpty());
}

}  // namespace
}  // namespace staffroom::embeddings
