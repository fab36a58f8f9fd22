#include "storage/erasure_io.h"

#include <string>
#include <utility>
#include <vector>

#include "tests/storage/io_fixture.h"

namespace staffroom::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::Pair;

using ErasureIo = IoFixture;

TEST_F(ErasureIo, RemembersWhenAnIdOfAKindWasErased) {
  Write([](WriteBatch* batch) { PutErasedId(batch, ITEM_ACCOUNT, "ada", 1000); });
  EXPECT_THAT(ErasedTime(Now(), ITEM_ACCOUNT, "ada"), IsOkAndHolds(Optional(1000)));
  EXPECT_THAT(ErasedTime(Now(), ITEM_POST, "ada"), IsOkAndHolds(IsNone()));
  EXPECT_THAT(ErasedTime(Now(), ITEM_ACCOUNT, "ada2"), IsOkAndHolds(IsNone()));
}

TEST_F(ErasureIo, DoesNotKeepTheId) {
  const std::string id = "ada.of.the.village.school";
  Write([&](WriteBatch* batch) { PutErasedId(batch, ITEM_ACCOUNT, id, 1000); });
  for (auto it = Now().Scan(Family::kErasedIds, "", ""); it->Valid(); it->Next()) {
    EXPECT_EQ(it->key().find("ada"), absl::string_view::npos);
    EXPECT_EQ(it->key().size() + it->value().size(), 17u + 8u) << "the length of the id does not show either";
  }
}

TEST_F(ErasureIo, ForgetsTheOldInRoundsOfABoundedNumber) {
  Write([](WriteBatch* batch) {
    for (const char* id : {"a", "b", "c"}) PutErasedId(batch, ITEM_ACCOUNT, id, 10);
    PutErasedId(batch, ITEM_POST, "young", 20);
    PutErasedId(batch, ITEM_RESOURCE, "d", 19);
  });
  std::string after;
  const auto expire = [&](size_t limit) {
    size_t looked_at = 0;
    Write([&](WriteBatch* batch) {
      const auto result = ExpireErasedIds(Now(), /*mutation_time=*/20, limit, &after, batch);
      ASSERT_THAT(result, IsOk());
      looked_at = *result;
    });
    return looked_at;
  };
  EXPECT_EQ(expire(2), 2u);
  EXPECT_EQ(EntriesIn(Family::kErasedIds), 3);
  EXPECT_EQ(expire(2), 2u);
  EXPECT_EQ(EntriesIn(Family::kErasedIds), 2) << "one more account gone; left are the young post";
  EXPECT_EQ(expire(2), 1u);
  EXPECT_EQ(after, "") << "once round";
  EXPECT_EQ(expire(2), 1u);
  EXPECT_EQ(EntriesIn(Family::kErasedIds), 1);
  EXPECT_THAT(ErasedTime(Now(), ITEM_POST, "young"), IsOkAndHolds(Optional(20)));
}

TEST_F(ErasureIo, ListsPendingPurgesUntilTheyAreDone) {
  Write([](WriteBatch* batch) {
    PutPurge(batch, {ITEM_POST, 1}, 4000);
    PutPurge(batch, {ITEM_ACCOUNT, 0x100}, 2000);
    PutPurge(batch, {ITEM_ACCOUNT, 0xff}, 3000);
    PutPurge(batch, {ITEM_ACCOUNT, 1}, 1000);
    DeletePurge(batch, {ITEM_ACCOUNT, 1});
  });
  std::vector<std::pair<Item, int64_t>> seen;
  ASSERT_THAT(ScanPurges(Now(),
                         [&](const Item& item, int64_t time) {
                           seen.emplace_back(item, time);
                           return absl::OkStatus();
                         }),
              IsOk());
  EXPECT_THAT(seen, ElementsAre(Pair(Item{ITEM_ACCOUNT, 0xff}, 3000), Pair(Item{ITEM_ACCOUNT, 0x100}, 2000),
                                Pair(Item{ITEM_POST, 1}, 4000)));
}

TEST_F(ErasureIo, ReportsBadBytes) {
  PutBytes(Family::kPurges, PurgeKey({ITEM_POST, 1}), "soon");
  EXPECT_THAT(ScanPurges(Now(), [](const Item&, int64_t) { return absl::OkStatus(); }),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("purges[0200000001]")));
  PutBytes(Family::kErasedIds, "short", std::string(8, 0));
  Write([](WriteBatch* batch) { PutErasedId(batch, ITEM_ACCOUNT, "ada", 1); });
  std::string after = "r";
  WriteBatch batch;
  EXPECT_THAT(ExpireErasedIds(Now(), 20, 10, &after, &batch),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("erased_ids[73686f7274]")));
  EXPECT_THAT(ExpireErasedIds(Now(), 20, 10, &after, &batch), IsOkAndHolds(0u)) << "it goes on behind the damage";
  EXPECT_THAT(ExpireErasedIds(Now(), 20, 10, &after, &batch),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("erased_ids[73686f7274]")));
  EXPECT_EQ(batch.operations().size(), 1u) << "what stands before the damage is forgotten";
}

}  // namespace
}  // namespace staffroom::storage
