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

TEST_F(ErasureIo, ScansAndForgetsErasedIds) {
  Write([](WriteBatch* batch) {
    PutErasedId(batch, ITEM_RESOURCE, "r", 30);
    PutErasedId(batch, ITEM_ACCOUNT, "a", 10);
  });
  std::vector<std::pair<ErasedIdName, int64_t>> seen;
  ASSERT_THAT(ScanErasedIds(Now(),
                            [&](const ErasedIdName& name, int64_t time) {
                              seen.emplace_back(name, time);
                              return absl::OkStatus();
                            }),
              IsOk());
  const ErasedIdName account = {ITEM_ACCOUNT, HashId("a")};
  EXPECT_THAT(seen, ElementsAre(Pair(account, 10), Pair(ErasedIdName{ITEM_RESOURCE, HashId("r")}, 30)));
  Write([&](WriteBatch* batch) { DeleteErasedId(batch, account); });
  EXPECT_THAT(ErasedTime(Now(), ITEM_ACCOUNT, "a"), IsOkAndHolds(IsNone()));
  EXPECT_THAT(ErasedTime(Now(), ITEM_RESOURCE, "r"), IsOkAndHolds(Optional(30)));
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
  EXPECT_THAT(ScanErasedIds(Now(), [](const ErasedIdName&, int64_t) { return absl::OkStatus(); }),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("erased_ids[73686f7274]")));
}

}  // namespace
}  // namespace staffroom::storage
