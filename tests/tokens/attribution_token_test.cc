#include "service/tokens/attribution_token.h"

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/tokens/page_token.h"
#include "tests/support/hand_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/tokens/token_fixtures.h"

namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr uint32_t kLargest = std::numeric_limits<uint32_t>::max();

AttributionToken SmallToken() {
  AttributionToken token;
  token.epoch = 7;
  token.asker = AccountOrdinal(300);
  token.time = absl::FromUnixSeconds(1'700'000'000);
  token.seed = 0x0102030405060708;
  token.surface = "feed";
  token.experiment = "e";
  token.items = {{.item_kind = 1, .ordinal = 5, .source_bits = 0b101},
                 {.item_kind = 2, .ordinal = 5, .source_bits = 200}};
  return token;
}

// Every number and label as large as it can be.
AttributionToken LargestToken() {
  AttributionToken token;
  token.epoch = token.seed = std::numeric_limits<uint64_t>::max();
  token.asker = AccountOrdinal(kLargest);
  token.surface = token.experiment = token.variant = std::string(64, 'x');
  token.items.assign(500, {.item_kind = 3, .ordinal = kLargest, .source_bits = kLargest});
  return token;
}

struct AttributionTokensTest : ::testing::Test {
  HandClock clock;
  Sealer sealer = SealerOf('k');
  AttributionTokens tokens{&sealer, &clock};
};

MATCHER_P(IsRefused, why, "is INVALID_ARGUMENT about attribution_token") {
  *result_listener << arg.status().ToString();
  return arg.status().code() == absl::StatusCode::kInvalidArgument &&
         ErrorReason(arg.status()) == reason::kFieldOutOfRange &&
         ::testing::ExplainMatchResult(AllOf(HasSubstr("attribution_token"), HasSubstr(why)),
                                       std::string(arg.status().message()), result_listener);
}

TEST_F(AttributionTokensTest, BringsBackTheAnswerAndWhenItWasGiven) {
  clock.Advance(absl::Seconds(90));
  AttributionToken expected = SmallToken();
  expected.time = clock.Now();
  EXPECT_THAT(tokens.Open(7, tokens.Seal(SmallToken())), IsOkAndHolds(expected));
}

TEST_F(AttributionTokensTest, ServesAProfileAskerWhoHasNoOrdinal) {
  AttributionToken token = SmallToken();
  token.asker = AccountOrdinal();
  const auto opened = tokens.Open(7, tokens.Seal(token));
  ASSERT_THAT(opened, IsOk());
  EXPECT_FALSE(opened->asker);
}

TEST_F(AttributionTokensTest, RefusesATokenThirtyDaysAfterItWasGiven) {
  const std::string token = tokens.Seal(SmallToken());
  clock.Advance(absl::Hours(24 * 30) - absl::Seconds(1));
  EXPECT_THAT(tokens.Open(7, token), IsOk());
  clock.Advance(absl::Seconds(1));
  EXPECT_THAT(tokens.Open(7, token), IsRefused("expired"));
}

TEST_F(AttributionTokensTest, RefusesATokenFromBeforeARestore) {
  EXPECT_THAT(tokens.Open(8, tokens.Seal(SmallToken())), IsRefused("restored"));
}

TEST_F(AttributionTokensTest, RefusesEveryDamagedToken) {
  for (const std::string& damaged : Damaged(tokens.Seal(SmallToken()))) {
    EXPECT_THAT(tokens.Open(7, damaged), IsRefused("")) << damaged;
  }
}

TEST_F(AttributionTokensTest, RefusesATokenOfAnotherService) {
  const Sealer other = SealerOf('o');
  EXPECT_THAT(tokens.Open(7, AttributionTokens(&other, &clock).Seal(SmallToken())),
              IsRefused("not an attribution token"));
}

TEST_F(AttributionTokensTest, RefusesAPageTokenAndIsRefusedAsOne) {
  const PageTokens page_tokens(&sealer, &clock);
  PageToken page;
  page.scope = {.epoch = 7, .request_hash = 8};
  page.entries = {{.item_kind = 1, .ordinal = 5}};
  EXPECT_THAT(tokens.Open(7, page_tokens.Seal(page)), IsRefused("not an attribution token"));
  EXPECT_THAT(page_tokens.Open(page.scope, tokens.Seal(SmallToken())), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(AttributionTokensTest, StaysWithin8KiBWithTheLargestNumbers) {
  const std::string token = tokens.Seal(LargestToken());
  EXPECT_LE(token.size(), 8u << 10);
  AttributionToken expected = LargestToken();
  expected.time = clock.Now();
  EXPECT_THAT(tokens.Open(expected.epoch, token), IsOkAndHolds(expected));
  RecordProperty("bytes_at_most", static_cast<int>(token.size()));
}

TEST_F(AttributionTokensTest, CutsWhatIsBeyondItsBoundsSoThatItStaysReadable) {
  AttributionToken token = LargestToken();
  token.items.push_back(token.items.back());
  token.variant += "y";
  const auto opened = tokens.Open(token.epoch, tokens.Seal(token));
  ASSERT_THAT(opened, IsOk());
  EXPECT_THAT(opened->items, SizeIs(500));
  EXPECT_EQ(opened->variant, std::string(64, 'x'));
}

TEST(AttributionToken, FindsAnItemByKindAndOrdinal) {
  const AttributionToken token = SmallToken();
  ASSERT_NE(token.Find(2, 5), nullptr);
  EXPECT_EQ(token.Find(2, 5)->source_bits, 200u);
  EXPECT_EQ(token.Find(3, 5), nullptr) << "the ordinal is there, of other kinds";
  EXPECT_EQ(token.Find(1, 6), nullptr);
}

TEST(AttributionTokenCodec, ReadsBackAnyToken) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    AttributionToken token;
    token.epoch = uint64_t{random()} << 32 | random();
    token.asker = AccountOrdinal(random() >> random() % 32);
    token.time = absl::FromUnixSeconds(random());
    token.seed = uint64_t{random()} << 32 | random();
    for (std::string* label : {&token.surface, &token.experiment, &token.variant}) label->assign(random() % 65, 'x');
    token.items.resize(random() % 30);
    for (AttributedItem& item : token.items) {
      item = {.item_kind = static_cast<uint8_t>(1 + random() % 3),
              .ordinal = static_cast<uint32_t>(random() >> random() % 32),
              .source_bits = static_cast<uint32_t>(random() >> random() % 32)};
    }
    EXPECT_THAT(DecodeAttributionToken(EncodeAttributionToken(token)), IsOkAndHolds(token));
  }
}

TEST(AttributionTokenCodec, KeepsItsBytes) {
  EXPECT_EQ(Hex(EncodeAttributionToken(SmallToken())),
            "01"
            "0700000000000000"
            "ac02"
            "80e2cfaa06"
            "0807060504030201"
            "0466656564"
            "0165"
            "00"
            "02"
            "1505"
            "16c801");
}

TEST(AttributionTokenCodec, RefusesEveryTruncationAndAnythingBehind) {
  const std::string bytes = EncodeAttributionToken(SmallToken());
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeAttributionToken(absl::string_view(bytes).substr(0, size)),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << size << " of " << bytes.size() << " bytes";
  }
  EXPECT_THAT(DecodeAttributionToken(bytes + '\0'), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace staffroom
