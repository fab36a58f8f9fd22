#include "tests/chaos/ledger.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr uint64_t kLate = 1'000;

auto Finding(int64_t value) {
  return [value](const std::string&) { return value; };
}

class LedgerTest : public ::testing::Test {
 protected:
  // Version 1 is acknowledged, at revision 10.
  LedgerTest() {
    ledger_.Sent("post p", 1);
    ledger_.Acknowledged("post p", 10);
  }
  Ledger ledger_;
};

TEST_F(LedgerTest, IsContentWithWhatWasAcknowledged) { EXPECT_THAT(ledger_.Check(kLate, Finding(1)), IsEmpty()); }

TEST_F(LedgerTest, MissesWhatWasAcknowledgedAndIsNotThere) {
  const std::vector<Ledger::Lost> lost = ledger_.Check(kLate, Finding(0));
  ASSERT_THAT(lost, SizeIs(1));
  EXPECT_EQ(lost[0].key, "post p");
  EXPECT_EQ(lost[0].acknowledged, 1);
  EXPECT_EQ(lost[0].found, 0);
}

TEST_F(LedgerTest, LetsAnUnansweredWriteBeEither) {
  for (const int64_t found : {1, 2}) {
    Ledger ledger = ledger_;
    ledger.Sent("post p", 2);
    EXPECT_THAT(ledger.Check(kLate, Finding(found)), IsEmpty()) << "found " << found;
  }
}

TEST_F(LedgerTest, LetsAnUnansweredDeletionBeEither) {
  for (const int64_t found : {1, 0}) {
    Ledger ledger = ledger_;
    ledger.Sent("post p", 0);
    EXPECT_THAT(ledger.Check(kLate, Finding(found)), IsEmpty()) << "found " << found;
  }
}

TEST_F(LedgerTest, MissesAnOverwriteThatWasAcknowledged) {
  ledger_.Sent("post p", 2);
  ledger_.Acknowledged("post p", 11);
  EXPECT_THAT(ledger_.Check(kLate, Finding(1)), SizeIs(1));
}

TEST_F(LedgerTest, MissesAnAcknowledgedDeletion) {
  ledger_.Sent("post p", 0);
  ledger_.Acknowledged("post p", 11);
  EXPECT_THAT(ledger_.Check(kLate, Finding(1)), SizeIs(1));
}

TEST_F(LedgerTest, IsNotContentWithWhatWasNeverSent) { EXPECT_THAT(ledger_.Check(kLate, Finding(3)), SizeIs(1)); }

TEST_F(LedgerTest, IsNotContentWithWhatWasRefused) {
  ledger_.Sent("post p", 2);
  ledger_.Refused("post p");
  EXPECT_THAT(ledger_.Check(kLate, Finding(2)), SizeIs(1));
}

TEST_F(LedgerTest, IsNotContentWithAStoreThatStandsBeforeTheAcknowledgement) {
  EXPECT_THAT(ledger_.Check(9, Finding(1)), SizeIs(1));
}

TEST_F(LedgerTest, GoesOnFromWhatWasFound) {
  ledger_.Sent("post p", 2);
  EXPECT_FALSE(ledger_.Stands("post p")) << "a write is open";
  EXPECT_THAT(ledger_.Check(kLate, Finding(2)), IsEmpty());
  EXPECT_TRUE(ledger_.Stands("post p"));
  EXPECT_EQ(ledger_.ValueOf("post p"), 2);
  EXPECT_THAT(ledger_.Check(kLate, Finding(1)), SizeIs(1));
}

TEST_F(LedgerTest, AsksNothingOfWhatItForgot) {
  ledger_.Sent("post p", 2);
  ledger_.Forget("post p");
  ledger_.Acknowledged("post p", 11);
  EXPECT_THAT(ledger_.Check(kLate, Finding(0)), IsEmpty());
  EXPECT_EQ(ledger_.acknowledgements(), 2);
}

}  // namespace
}  // namespace staffroom
