#include "service/client/flag_check.h"

#include <string>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

ABSL_FLAG(std::string, seat, "", "Where somebody sits.");
ABSL_FLAG(bool, loud, false, "Whether somebody speaks up.");
ABSL_FLAG(int, chairs, 0, "How many there are.");
ABSL_FLAG(absl::Duration, lesson, absl::Minutes(45), "How long it takes.");

namespace staffroom {
namespace {

using ::testing::HasSubstr;

TEST(CheckFlags, LetsThroughWhatAbseilTakes) {
  EXPECT_THAT(CheckFlags({}), IsOk());
  EXPECT_THAT(CheckFlags({"--seat=window", "-chairs", "3", "--lesson=90m", "import", "--loud", "-", "a.jsonl"}),
              IsOk());
  EXPECT_THAT(CheckFlags({"--noloud", "--loud=false", "--help", "--helpfull", "-version"}), IsOk());
  EXPECT_THAT(CheckFlags({"--", "--whatever"}), IsOk()) << "what follows is no flag";
}

TEST(CheckFlags, NamesAFlagThatNobodyDefined) {
  EXPECT_THAT(CheckFlags({"import", "--cahirs=3"}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--cahirs=3")));
  EXPECT_THAT(CheckFlags({"--noseat"}), StatusIs(absl::StatusCode::kInvalidArgument)) << "only a boolean has its no";
  EXPECT_THAT(CheckFlags({"--seat", "--loud", "--x"}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--x")));
}

TEST(CheckFlags, NamesAFlagThatDoesNotTakeItsValue) {
  EXPECT_THAT(CheckFlags({"--chairs=many"}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"many\"")));
  EXPECT_THAT(CheckFlags({"--chairs", "many"}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--chairs")));
  EXPECT_THAT(CheckFlags({"--lesson=3"}), StatusIs(absl::StatusCode::kInvalidArgument)) << "a duration has a unit";
  EXPECT_THAT(CheckFlags({"--loud=perhaps"}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(CheckFlags({"--chairs"}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("needs a value")));
}

}  // namespace
}  // namespace staffroom
