#include "service/tokens/list_token.h"

#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/tokens/fingerprint.h"
#include "tests/support/status_matchers.h"
#include "tests/tokens/token_fixtures.h"

namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

MATCHER_P(IsRefused, why, "is PAGE_TOKEN_INVALID") {
  *result_listener << arg.status().ToString();
  return arg.status().code() == absl::StatusCode::kInvalidArgument &&
         ErrorReason(arg.status()) == reason::kPageTokenInvalid &&
         ::testing::ExplainMatchResult(AllOf(HasSubstr("page_token"), HasSubstr(why)),
                                       std::string(arg.status().message()), result_listener);
}

struct ListTokensTest : ::testing::Test {
  Sealer sealer = SealerOf('k');
  ListTokens tokens{&sealer};
};

TEST_F(ListTokensTest, BringsBackThePosition) {
  EXPECT_THAT(tokens.Open(8, tokens.Seal(8, "teacher-17")), IsOkAndHolds("teacher-17"));
}

TEST_F(ListTokensTest, KeepsAPositionThatIsAKeyOfBytes) {
  const std::string key(
      "a\0\xff"
      "b",
      4);
  EXPECT_THAT(tokens.Open(8, tokens.Seal(8, key)), IsOkAndHolds(key));
}

TEST_F(ListTokensTest, RefusesATokenOfAnotherRequest) {
  EXPECT_THAT(tokens.Open(9, tokens.Seal(8, "teacher-17")), IsRefused("another request"));
}

TEST_F(ListTokensTest, RefusesEveryDamagedToken) {
  for (const std::string& damaged : Damaged(tokens.Seal(8, "t")))
    EXPECT_THAT(tokens.Open(8, damaged), IsRefused("")) << damaged;
}

TEST_F(ListTokensTest, RefusesWhatWasSealedForAnotherPurpose) {
  EXPECT_THAT(tokens.Open(8, sealer.Seal("something else", "teacher-17")), IsRefused("not a page token"));
}

TEST_F(ListTokensTest, OpensATokenOfTheFirstVersion) {
  EXPECT_THAT(tokens.Open(8, "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAC_OuR4Kwwlf7J1bg7kwoO8LXGtl11BP0Lyo-jTJlCiPobIV1A"),
              IsOkAndHolds("teacher-17"));
  EXPECT_EQ(tokens.Seal(8, "teacher-17"),
            "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAC_OuR4Kwwlf7J1bg7kwoO8LXGtl11BP0Lyo-jTJlCiPobIV1A");
}

// Tokens of other replicas, and of yesterday's process, carry it.
TEST(Fingerprint, IsTheSameEverywhere) {
  EXPECT_EQ(Fingerprint(""), 0xcae66941d9efbd40);
  EXPECT_EQ(Fingerprint("abc"), 0xcf4ab791c62b8d2b);
}

}  // namespace
}  // namespace staffroom
