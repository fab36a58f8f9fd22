#include "service/tokens/page_token.h"

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
#include "tests/support/hand_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/tokens/token_fixtures.h"

namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr uint32_t kLargest = std::numeric_limits<uint32_t>::max();
constexpr PageScope kScope = {.epoch = 7, .request_hash = 8};

PageToken TokenWith(std::vector<PageEntry> entries) {
  PageToken token;
  token.scope = kScope;
  token.entries = std::move(entries);
  return token;
}

PageEntry EntryWithEvidence(uint32_t ordinal) {
  return {.item_kind = 3,
          .ordinal = ordinal,
          .score = 0.5f,
          .source_bits = ordinal,
          .evidence = {{3, ordinal}, {2, ordinal}, {1, ordinal}}};
}

struct PageTokensTest : ::testing::Test {
  HandClock clock;
  Sealer sealer = SealerOf('k');
  PageTokens tokens{&sealer, &clock};
};

// The refusal that a caller sees: its code, its reason and the field.
MATCHER_P(IsRefused, why, "is PAGE_TOKEN_INVALID") {
  *result_listener << arg.status().ToString();
  return arg.status().code() == absl::StatusCode::kInvalidArgument &&
         ErrorReason(arg.status()) == reason::kPageTokenInvalid &&
         ::testing::ExplainMatchResult(AllOf(HasSubstr("page_token"), HasSubstr(why)),
                                       std::string(arg.status().message()), result_listener);
}

TEST_F(PageTokensTest, BringsBackWhatRemainsInItsOrder) {
  const PageToken token =
      TokenWith({{.item_kind = 1, .ordinal = 5, .score = 0.75f, .source_bits = 0b101},
                 {.item_kind = 2, .ordinal = 4, .score = 0.25f, .source_bits = 1, .evidence = {{2, 9}, {3, 11}}}});
  const auto opened = tokens.Open(kScope, tokens.Seal(token));
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->entries, token.entries);
  EXPECT_FALSE(opened->is_fallback);
}

TEST_F(PageTokensTest, RemembersThatTheListWasAFallback) {
  PageToken token = TokenWith({{.item_kind = 1, .ordinal = 5}});
  token.is_fallback = true;
  EXPECT_TRUE(tokens.Open(kScope, tokens.Seal(token))->is_fallback);
}

TEST_F(PageTokensTest, GivesNoTokenWhenNothingRemains) { EXPECT_EQ(tokens.Seal(TokenWith({})), ""); }

TEST_F(PageTokensTest, RefusesATokenAnHourAfterItWasGiven) {
  const std::string token = tokens.Seal(TokenWith({{.item_kind = 1, .ordinal = 5}}));
  clock.Advance(absl::Hours(1) - absl::Seconds(1));
  EXPECT_THAT(tokens.Open(kScope, token), IsOk());
  clock.Advance(absl::Seconds(1));
  EXPECT_THAT(tokens.Open(kScope, token), IsRefused("expired"));
}

TEST_F(PageTokensTest, RefusesATokenOfAnotherRequest) {
  const std::string token = tokens.Seal(TokenWith({{.item_kind = 1, .ordinal = 5}}));
  EXPECT_THAT(tokens.Open({.epoch = kScope.epoch, .request_hash = 9}, token), IsRefused("another request"));
}

TEST_F(PageTokensTest, RefusesATokenFromBeforeARestoreSinceItsOrdinalsMayMeanOthers) {
  const std::string token = tokens.Seal(TokenWith({{.item_kind = 1, .ordinal = 5}}));
  EXPECT_THAT(tokens.Open({.epoch = 6, .request_hash = kScope.request_hash}, token), IsRefused("restored"));
}

TEST_F(PageTokensTest, RefusesEveryDamagedToken) {
  const std::string token = tokens.Seal(TokenWith({EntryWithEvidence(300)}));
  for (const std::string& damaged : Damaged(token)) EXPECT_THAT(tokens.Open(kScope, damaged), IsRefused("")) << damaged;
}

TEST_F(PageTokensTest, RefusesATokenOfAnotherService) {
  const Sealer other = SealerOf('o');
  const std::string token = PageTokens(&other, &clock).Seal(TokenWith({{.item_kind = 1, .ordinal = 5}}));
  EXPECT_THAT(tokens.Open(kScope, token), IsRefused("not a page token"));
}

TEST_F(PageTokensTest, StaysWithin64KiBWithTheLargestNumbers) {
  const std::string token = tokens.Seal(TokenWith(std::vector<PageEntry>(1000, EntryWithEvidence(kLargest))));
  EXPECT_LE(token.size(), 64u << 10);
  const auto opened = tokens.Open(kScope, token);
  ASSERT_THAT(opened, IsOk());
  ASSERT_THAT(opened->entries, SizeIs(1000));
  EXPECT_EQ(opened->entries.back(), EntryWithEvidence(kLargest));
  RecordProperty("bytes_at_most", static_cast<int>(token.size()));
}

TEST_F(PageTokensTest, CutsAListBeyondAThousand) {
  const auto opened =
      tokens.Open(kScope, tokens.Seal(TokenWith(std::vector<PageEntry>(1001, {.item_kind = 1, .ordinal = 5}))));
  ASSERT_THAT(opened, IsOk());
  EXPECT_THAT(opened->entries, SizeIs(1000));
}

TEST(PageTokenCodec, ReadsBackAnyToken) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    PageToken token = TokenWith({});
    token.scope = {.epoch = uint64_t{random()} << 32 | random(), .request_hash = uint64_t{random()} << 32 | random()};
    token.expires = absl::FromUnixSeconds(random());
    token.is_fallback = random() % 2 == 1;
    token.entries.resize(random() % 20);
    for (PageEntry& entry : token.entries) {
      entry = {.item_kind = static_cast<uint8_t>(1 + random() % 3),
               .ordinal = static_cast<uint32_t>(random() >> random() % 32),
               .score = static_cast<float>(random() % 1000) / 1000,
               .source_bits = static_cast<uint32_t>(random() >> random() % 32)};
      entry.evidence.resize(random() % 4);
      for (TokenEvidence& evidence : entry.evidence) {
        evidence = {static_cast<uint8_t>(1 + random() % 3), static_cast<uint32_t>(random() >> random() % 32)};
      }
    }
    EXPECT_THAT(DecodePageToken(EncodePageToken(token)), IsOkAndHolds(token));
  }
}

PageToken SmallToken() {
  PageToken token =
      TokenWith({{.item_kind = 1, .ordinal = 300, .score = 0.5f, .source_bits = 6, .evidence = {{1, 17}, {3, 200}}},
                 {.item_kind = 3, .ordinal = 2, .score = 0.25f, .source_bits = 1}});
  token.expires = absl::FromUnixSeconds(1'700'000'000);
  token.is_fallback = true;
  return token;
}

TEST(PageTokenCodec, KeepsItsBytes) {
  EXPECT_EQ(Hex(EncodePageToken(SmallToken())),
            "02"
            "0700000000000000"
            "0800000000000000"
            "80e2cfaa06"
            "01"
            "02"
            "09ac020000003f06"
            "45a306"
            "03020000803e01");
}

TEST(PageTokenCodec, RefusesEveryTruncationAndAnythingBehind) {
  const std::string bytes = EncodePageToken(SmallToken());
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodePageToken(absl::string_view(bytes).substr(0, size)), StatusIs(absl::StatusCode::kInvalidArgument))
        << size << " of " << bytes.size() << " bytes";
  }
  EXPECT_THAT(DecodePageToken(bytes + '\0'), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(PageTokenCodec, RefusesAVersionThatItDoesNotKnow) {
  std::string bytes = EncodePageToken(SmallToken());
  bytes[0] = 3;
  EXPECT_THAT(DecodePageToken(bytes), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace staffroom
