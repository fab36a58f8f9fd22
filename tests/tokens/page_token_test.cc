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
          .evidence =
              std::vector<TokenEvidence>(3, {.kind = 63, .ordinals = {ordinal, ordinal, ordinal}, .count = ordinal})};
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
  const PageToken token = TokenWith({{.item_kind = 1, .ordinal = 5, .score = 0.75f, .source_bits = 0b101},
                                     {.item_kind = 2,
                                      .ordinal = 4,
                                      .score = 0.25f,
                                      .source_bits = 1,
                                      .evidence = {{.kind = 2, .ordinals = {9, 11}, .count = 40}}}});
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

TEST_F(PageTokensTest, StaysWithin64KiBWithTheLargestNumbersAndKeepsEveryCandidate) {
  const std::string token = tokens.Seal(TokenWith(std::vector<PageEntry>(1000, EntryWithEvidence(kLargest))));
  EXPECT_LE(token.size(), 64u << 10);
  const auto opened = tokens.Open(kScope, token);
  ASSERT_THAT(opened, IsOk());
  ASSERT_THAT(opened->entries, SizeIs(1000));
  EXPECT_EQ(opened->entries.front(), EntryWithEvidence(kLargest)) << "the first ones keep their evidence";
  EXPECT_EQ(opened->entries.back().ordinal, kLargest);
  EXPECT_THAT(opened->entries.back().evidence, SizeIs(0)) << "the last ones keep their place only";
  RecordProperty("bytes_at_most", static_cast<int>(token.size()));
}

// Ten million accounts, two pieces of evidence each: what a feed's list really looks like.
TEST_F(PageTokensTest, KeepsAllEvidenceOfAnOrdinaryList) {
  PageEntry entry = EntryWithEvidence(9'999'999);
  entry.evidence.resize(2);
  entry.source_bits = 0x3ff;
  for (TokenEvidence& evidence : entry.evidence) evidence.count = 100;
  const std::string token = tokens.Seal(TokenWith(std::vector<PageEntry>(1000, entry)));
  const auto opened = tokens.Open(kScope, token);
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->entries.back(), entry);
  RecordProperty("bytes_ordinary", static_cast<int>(token.size()));
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
        evidence = {.kind = static_cast<uint8_t>(random() % 64),
                    .count = static_cast<uint32_t>(random() >> random() % 32)};
        evidence.ordinals.assign(random() % 4, static_cast<uint32_t>(random() >> random() % 32));
      }
    }
    EXPECT_THAT(DecodePageToken(EncodePageToken(token)), IsOkAndHolds(token));
  }
}

PageToken SmallToken() {
  PageToken token = TokenWith({{.item_kind = 1,
                                .ordinal = 300,
                                .score = 0.5f,
                                .source_bits = 6,
                                .evidence = {{.kind = 4, .ordinals = {17, 200}, .count = 12}}},
                               {.item_kind = 3, .ordinal = 2, .score = 0.25f, .source_bits = 1}});
  token.expires = absl::FromUnixSeconds(1'700'000'000);
  token.is_fallback = true;
  return token;
}

TEST(PageTokenCodec, KeepsItsBytes) {
  EXPECT_EQ(Hex(EncodePageToken(SmallToken())),
            "01"
            "0700000000000000"
            "0800000000000000"
            "80e2cfaa06"
            "01"
            "02"
            "05ac020000003f06"
            "1211c8010c"
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
  bytes[0] = 2;
  EXPECT_THAT(DecodePageToken(bytes), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace staffroom
