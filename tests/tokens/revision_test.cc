#include "service/tokens/revision.h"

#include <cstdint>
#include <limits>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tokens/token_fixtures.h"

namespace staffroom {
namespace {

using ::testing::Optional;

TEST(Revision, ReadsBackWhatItWrote) {
  constexpr uint64_t kLargest = std::numeric_limits<uint64_t>::max();
  for (const Revision& revision : {Revision{0, 0}, Revision{1, 2}, Revision{kLargest, kLargest - 1}}) {
    EXPECT_THAT(ParseRevision(FormatRevision(revision)), Optional(revision)) << revision.number;
  }
}

// Callers store revisions: these must be readable in every later version.
TEST(Revision, KeepsItsText) { EXPECT_EQ(FormatRevision({.epoch = 1, .number = 2}), "AAAAAAAAAAEAAAAAAAAAArJ-bvI"); }

TEST(Revision, RefusesEveryDamagedText) {
  for (const std::string& damaged : Damaged(FormatRevision({.epoch = 0x1234567890abcdef, .number = 42}))) {
    EXPECT_FALSE(ParseRevision(damaged).has_value()) << damaged;
  }
}

}  // namespace
}  // namespace staffroom
