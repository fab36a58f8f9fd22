#include "service/tokens/revision.h"

#include <cstdint>
#include <limits>
#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "tests/support/status_matchers.h"
#include "tests/tokens/token_fixtures.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;

TEST(Revision, ReadsBackWhatItWrote) {
  constexpr uint64_t kLargest = std::numeric_limits<uint64_t>::max();
  for (const Revision& revision : {Revision{0, 0}, Revision{1, 2}, Revision{kLargest, kLargest - 1}}) {
    EXPECT_THAT(ParseRevision("min_revision", FormatRevision(revision)), IsOkAndHolds(revision));
  }
}

// Callers store revisions: these must be readable in every later version.
TEST(Revision, KeepsItsText) { EXPECT_EQ(FormatRevision({.epoch = 1, .number = 2}), "AAAAAAAAAAEAAAAAAAAAArJ-bvI"); }

TEST(Revision, RefusesEveryDamagedText) {
  for (const std::string& damaged : Damaged(FormatRevision({.epoch = 0x1234567890abcdef, .number = 42}))) {
    EXPECT_THAT(ParseRevision("min_revision", damaged), StatusIs(absl::StatusCode::kInvalidArgument)) << damaged;
  }
}

TEST(Revision, NamesTheFieldThatIsWrong) {
  const absl::Status status = ParseRevision("min_revision", "yesterday").status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("min_revision")));
  EXPECT_EQ(ErrorReason(status), reason::kMalformedRequest);
}

}  // namespace
}  // namespace staffroom
