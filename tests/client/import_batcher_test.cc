#include "service/client/import_batcher.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/import_fixtures.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What the batcher makes of the items, each batch as its kind's letter and its number of items.
std::vector<std::string> BatchesOf(std::vector<ImportItem> items) {
  ImportBatcher batcher;
  std::vector<std::string> described;
  const auto describe = [&described](const std::vector<ImportBatch>& batches) {
    for (const ImportBatch& batch : batches) {
      described.push_back(absl::StrCat(std::string(1, "APRID"[static_cast<int>(batch.kind)]), batch.items.size()));
    }
  };
  for (ImportItem& item : items) describe(batcher.Add(std::move(item)));
  describe(batcher.Flush());
  return described;
}

TEST(ImportBatcher, CutsAfterAThousandItems) {
  std::vector<ImportItem> items;
  for (int i = 0; i < 2001; ++i) items.push_back(AccountItem(absl::StrCat("a", i)));
  EXPECT_THAT(BatchesOf(std::move(items)), ElementsAre("A1000", "A1000", "A1"));
}

TEST(ImportBatcher, CutsBeforeABatchIsTooLargeForACall) {
  std::vector<ImportItem> items;
  for (int i = 0; i < 5; ++i) {
    items.push_back(AccountItem(absl::StrCat("a", i)));
    items.back().record.mutable_account()->set_bio(std::string(900 << 10, 'x'));
  }
  EXPECT_THAT(BatchesOf(std::move(items)), ElementsAre("A2", "A2", "A1"));
}

TEST(ImportBatcher, SendsAnItemThatIsLargerThanABatchAlone) {
  std::vector<ImportItem> items = {AccountItem("small"), AccountItem("large"), AccountItem("small too")};
  items[1].record.mutable_account()->set_bio(std::string(3 << 20, 'x'));
  EXPECT_THAT(BatchesOf(std::move(items)), ElementsAre("A1", "A1", "A1"));
}

TEST(ImportBatcher, FillsAccountsAndPostsAtTheSameTimeWhenTheyAlternate) {
  std::vector<ImportItem> items;
  for (int i = 0; i < 1000; ++i) {
    items.push_back(AccountItem(absl::StrCat("a", i)));
    items.push_back(PostItem(absl::StrCat("p", i)));
  }
  EXPECT_THAT(BatchesOf(std::move(items)), ElementsAre("A1000", "P1000"));
}

TEST(ImportBatcher, ClosesTheThingsBeforeAnInteractionAndTheReverse) {
  EXPECT_THAT(BatchesOf({AccountItem("ines"), PostItem("p"), FollowItem("ines", "omar"), AccountItem("omar")}),
              ElementsAre("A1", "P1", "I1", "A1"));
}

TEST(ImportBatcher, LetsARemovalPassOtherInteractionsButNotItsOwn) {
  EXPECT_THAT(BatchesOf({FollowItem("ines", "omar"), UnfollowItem("ines", "lia"), FollowItem("ines", "noa")}),
              ElementsAre("I2", "D1"));
  EXPECT_THAT(BatchesOf({FollowItem("ines", "omar"), UnfollowItem("ines", "omar"), FollowItem("ines", "noa")}),
              ElementsAre("I1", "I1", "D1"));
}

TEST(ImportBatcher, KeepsTwoWritesOfOneThingInOneBatchInOrder) {
  ImportBatcher batcher;
  batcher.Add(AccountItem("ines", 1));
  batcher.Add(AccountItem("ines", 2));
  const std::vector<ImportBatch> batches = batcher.Flush();
  ASSERT_EQ(batches.size(), 1u);
  EXPECT_EQ(batches[0].items[0].position.line, 1);
  EXPECT_EQ(batches[0].items[1].position.line, 2);
}

TEST(ImportBatcher, HasNothingLeftAfterAFlush) {
  ImportBatcher batcher;
  batcher.Add(AccountItem("ines"));
  batcher.Flush();
  EXPECT_THAT(batcher.Flush(), IsEmpty());
}

}  // namespace
}  // namespace staffroom
