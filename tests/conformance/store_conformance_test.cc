#include <string>
#include <vector>

#include "tests/conformance/store_under_test.h"

namespace staffroom::storage {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

INSTANTIATE_TEST_SUITE_P(Drivers, StoreConformance, ::testing::ValuesIn(AllDrivers()), DriverName);

MATCHER(IsAbsent, "is OK and holds no value") { return arg.ok() && !arg->has_value(); }

TEST_P(StoreConformance, AnAbsentKeyIsNoError) {
  EXPECT_THAT(store().TakeSnapshot()->Get(Family::kMeta, "revision"), IsAbsent());
}

TEST_P(StoreConformance, ReadsBackAnyBytes) {
  for (const std::string& bytes : {""s, "\0"s, "\0\0"s, "\xff"s, "a\0b"s, "naïve"s, std::string(1 << 20, 'x')}) {
    Put(Family::kMeta, bytes, bytes);
    EXPECT_THAT(store().TakeSnapshot()->Get(Family::kMeta, bytes), IsOkAndHolds(Optional(bytes)));
  }
}

TEST_P(StoreConformance, AWriteReplacesAndADeleteRemoves) {
  Put(Family::kIds, "ada", "1");
  Put(Family::kIds, "ada", "2");
  EXPECT_THAT(store().TakeSnapshot()->Get(Family::kIds, "ada"), IsOkAndHolds(Optional("2"s)));
  Delete(Family::kIds, "ada");
  EXPECT_THAT(store().TakeSnapshot()->Get(Family::kIds, "ada"), IsAbsent());
  EXPECT_THAT(Keys(*store().TakeSnapshot(), Family::kIds, "", ""), IsEmpty());
}

TEST_P(StoreConformance, DeletingWhatIsNotThereIsNoError) {
  Delete(Family::kIds, "ada");
  EXPECT_THAT(store().TakeSnapshot()->Get(Family::kIds, "ada"), IsAbsent());
}

TEST_P(StoreConformance, BatchOrderDecidesBetweenTwoOperationsOnOneKey) {
  WriteBatch batch;
  batch.Put(Family::kIds, "put then deleted", "1");
  batch.Delete(Family::kIds, "put then deleted");
  batch.Delete(Family::kIds, "deleted then put");
  batch.Put(Family::kIds, "deleted then put", "2");
  batch.Put(Family::kIds, "put twice", "3");
  batch.Put(Family::kIds, "put twice", "4");
  ASSERT_THAT(store().Write(batch), IsOk());
  EXPECT_THAT(Entries(store().TakeSnapshot()->Scan(Family::kIds, "", "").get()),
              ElementsAre(Entry("deleted then put", "2"), Entry("put twice", "4")));
}

TEST_P(StoreConformance, AnEmptyBatchChangesNothing) {
  Put(Family::kIds, "ada", "1");
  EXPECT_THAT(store().Write(WriteBatch()), IsOk());
  EXPECT_THAT(Keys(*store().TakeSnapshot(), Family::kIds, "", ""), ElementsAre("ada"));
}

TEST_P(StoreConformance, FamiliesDoNotMix) {
  const std::string key = "a key that is in every family";
  WriteBatch batch;
  for (const Family family : AllFamilies()) batch.Put(family, key, std::string(FamilyName(family)));
  ASSERT_THAT(store().Write(batch), IsOk());
  const auto snapshot = store().TakeSnapshot();
  for (const Family family : AllFamilies()) {
    EXPECT_THAT(Entries(snapshot->Scan(family, "", "").get()), ElementsAre(Entry(key, FamilyName(family))));
  }
}

TEST_P(StoreConformance, MultiGetAnswersInTheOrderOfTheKeys) {
  Put(Family::kIds, "ada", "ids");
  Put(Family::kMeta, "ada", "meta");
  Put(Family::kMeta, "zoe", "");
  const std::vector<FamilyKey> keys = {{Family::kMeta, "zoe"},
                                       {Family::kIds, "zoe"},
                                       {Family::kMeta, "ada"},
                                       {Family::kIds, "ada"},
                                       {Family::kMeta, "zoe"}};
  EXPECT_THAT(store().TakeSnapshot()->MultiGet(keys),
              IsOkAndHolds(ElementsAre(Optional(""s), absl::optional<std::string>(), Optional("meta"s),
                                       Optional("ids"s), Optional(""s))));
  EXPECT_THAT(store().TakeSnapshot()->MultiGet({}), IsOkAndHolds(IsEmpty()));
}

TEST_P(StoreConformance, ScansInTheOrderOfUnsignedBytes) {
  for (const std::string& key : {"\x80"s, "a"s, ""s, "\xff\xff"s, "\x7f"s, "a\0"s, "\0"s, "\xff"s, "aa"s}) {
    Put(Family::kIds, key, "");
  }
  EXPECT_THAT(Keys(*store().TakeSnapshot(), Family::kIds, "", ""),
              ElementsAre(""s, "\0"s, "a"s, "a\0"s, "aa"s, "\x7f"s, "\x80"s, "\xff"s, "\xff\xff"s));
}

TEST_P(StoreConformance, AScanHasItsFirstKeyAndNotItsLast) {
  for (const char* key : {"a", "b", "c", "d"}) Put(Family::kIds, key, "");
  const auto snapshot = store().TakeSnapshot();
  EXPECT_THAT(Keys(*snapshot, Family::kIds, "b", "d"), ElementsAre("b", "c"));
  EXPECT_THAT(Keys(*snapshot, Family::kIds, "bb", "cc"), ElementsAre("c"));
  EXPECT_THAT(Keys(*snapshot, Family::kIds, "", "b"), ElementsAre("a"));
  EXPECT_THAT(Keys(*snapshot, Family::kIds, "c", ""), ElementsAre("c", "d"));
  EXPECT_THAT(Keys(*snapshot, Family::kIds, "e", ""), IsEmpty());
}

TEST_P(StoreConformance, AScanOfAnEmptyOrReversedRangeIsEmpty) {
  for (const char* key : {"a", "b", "c"}) Put(Family::kIds, key, "");
  const auto snapshot = store().TakeSnapshot();
  EXPECT_THAT(Keys(*snapshot, Family::kIds, "b", "b"), IsEmpty());
  EXPECT_THAT(Keys(*snapshot, Family::kIds, "c", "a"), IsEmpty());
}

TEST_P(StoreConformance, CountsKeysAskedAndEntriesMet) {
  for (const char* key : {"a", "b", "c"}) Put(Family::kIds, key, "");
  const auto snapshot = store().TakeSnapshot();
  const int64_t before = store().reads();
  EXPECT_EQ(before, 0) << "a write and a snapshot read nothing";
  ASSERT_THAT(snapshot->Get(Family::kIds, "absent"), IsOk());
  EXPECT_EQ(store().reads(), 1);
  ASSERT_THAT(snapshot->MultiGet({{Family::kIds, "a"}, {Family::kMeta, "a"}}), IsOk());
  EXPECT_EQ(store().reads(), 3);
  Keys(*snapshot, Family::kIds, "b", "");
  EXPECT_EQ(store().reads(), 5);
}

}  // namespace
}  // namespace staffroom::storage
