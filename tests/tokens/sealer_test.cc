#include "service/tokens/sealer.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/limits.h"
#include "tests/support/status_matchers.h"
#include "tests/tokens/token_fixtures.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kRefused = absl::StatusCode::kInvalidArgument;

TEST(Sealer, OpensWhatItSealed) {
  const Sealer sealer = SealerOf('k');
  for (size_t size = 0; size < 200; ++size) {
    const std::string plaintext(size, static_cast<char>(size));
    EXPECT_THAT(sealer.Open("lunch", sealer.Seal("lunch", plaintext)), IsOkAndHolds(plaintext)) << size << " bytes";
  }
}

TEST(Sealer, RefusesATokenThatWasDamaged) {
  const Sealer sealer = SealerOf('k');
  // Three lengths, so that the last letter of base64 has 0, 2 and 4 unused bits.
  for (const char* plaintext : {"1", "12", "123"}) {
    for (const std::string& damaged : Damaged(sealer.Seal("lunch", plaintext))) {
      EXPECT_THAT(sealer.Open("lunch", damaged), StatusIs(kRefused)) << damaged;
    }
  }
}

TEST(Sealer, RefusesATokenOfAnotherKey) {
  EXPECT_THAT(SealerOf('b').Open("lunch", SealerOf('a').Seal("lunch", "soup")), StatusIs(kRefused));
}

TEST(Sealer, RefusesATokenOfAnotherPurpose) {
  const Sealer sealer = SealerOf('k');
  EXPECT_THAT(sealer.Open("dinner", sealer.Seal("lunch", "soup")), StatusIs(kRefused));
}

TEST(Sealer, RefusesAVersionThatItDoesNotKnow) {
  const Sealer sealer = SealerOf('k');
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(sealer.Seal("lunch", "soup"), &bytes));
  bytes[0] = 2;
  EXPECT_THAT(sealer.Open("lunch", absl::WebSafeBase64Escape(bytes)), StatusIs(kRefused));
}

TEST(Sealer, RefusesATokenLongerThanAnyOfOurs) {
  const Sealer sealer = SealerOf('k');
  const std::string token = sealer.Seal("lunch", std::string(limits::kTokenBytes, 'x'));
  EXPECT_THAT(sealer.Open("lunch", token), StatusIs(kRefused));
}

TEST(Sealer, HidesThePlaintext) {
  const std::string token = SealerOf('k').Seal("lunch", "soup soup soup");
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(token, &bytes));
  EXPECT_THAT(bytes, Not(HasSubstr("soup")));
}

TEST(Sealer, NeverSealsTwiceTheSameWay) {
  const Sealer sealer = *Sealer::Create(std::string(Sealer::kKeyBytes, 'k'));
  EXPECT_NE(sealer.Seal("lunch", "soup"), sealer.Seal("lunch", "soup"));
}

TEST(Sealer, AsksForAKeyOf32Bytes) {
  EXPECT_THAT(Sealer::Create(std::string(31, 'k')), StatusIs(kRefused, HasSubstr("31")));
  EXPECT_THAT(Sealer::Create(std::string(33, 'k')), StatusIs(kRefused, HasSubstr("33")));
}

// Tokens outlive the process that gave them: this one must open in every later version.
TEST(Sealer, OpensATokenOfTheFirstVersion) {
  EXPECT_THAT(SealerOf('k').Open("lunch", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAF2pzG4_S2zbFUAzv6zLu4eDhMuJ"),
              IsOkAndHolds("soup"));
  EXPECT_EQ(SealerOf('k').Seal("lunch", "soup"), "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAF2pzG4_S2zbFUAzv6zLu4eDhMuJ");
}

}  // namespace
}  // namespace staffroom
