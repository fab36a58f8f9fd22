#include "storage/vector_io.h"

#include <string>
#include <utility>
#include <vector>

#include "storage/record_codec.h"
#include "tests/storage/io_fixture.h"

namespace staffroom::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

using VectorIo = IoFixture;

constexpr Item kPost1 = {ITEM_POST, 1};

VectorRecord Vector(TextField field, const std::string& values) {
  VectorRecord record;
  record.set_field(field);
  record.set_model_id("hashing");
  record.set_values(values);
  return record;
}

TEST_F(VectorIo, KeepsOneVectorAFieldOfAnItem) {
  Write([](WriteBatch* batch) {
    PutVector(batch, kPost1, Vector(TEXT, "first"));
    PutVector(batch, kPost1, Vector(TEXT, "second"));
    PutVector(batch, kPost1, Vector(TAGS, "tags"));
    PutVector(batch, {ITEM_RESOURCE, 1}, Vector(TEXT, "another kind"));
  });
  EXPECT_THAT(VectorsOf(Now(), kPost1),
              IsOkAndHolds(ElementsAre(EqualsRecord(Vector(TAGS, "tags")), EqualsRecord(Vector(TEXT, "second")))));
}

TEST_F(VectorIo, ARecordWithoutValuesRemovesTheFieldsVector) {
  Write([](WriteBatch* batch) {
    PutVector(batch, kPost1, Vector(TEXT, "text"));
    PutVector(batch, kPost1, Vector(TAGS, "tags"));
  });
  Write([](WriteBatch* batch) { PutVector(batch, kPost1, Vector(TEXT, "")); });
  EXPECT_THAT(VectorsOf(Now(), kPost1), IsOkAndHolds(ElementsAre(EqualsRecord(Vector(TAGS, "tags")))));
}

TEST_F(VectorIo, DeletesOneFieldOrAllOfAnItem) {
  Write([](WriteBatch* batch) {
    for (int field = TextField_MIN + 1; field <= TextField_MAX; ++field) {
      PutVector(batch, kPost1, Vector(static_cast<TextField>(field), "of the item"));
    }
    PutVector(batch, {ITEM_POST, 2}, Vector(TEXT, "of another item"));
  });
  Write([](WriteBatch* batch) { DeleteVector(batch, {kPost1, TEXT}); });
  EXPECT_EQ(EntriesIn(Family::kVectors), TextField_MAX - 1 + 1);
  Write([](WriteBatch* batch) { DeleteVectors(batch, kPost1); });
  EXPECT_THAT(VectorsOf(Now(), kPost1), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(VectorsOf(Now(), {ITEM_POST, 2}),
              IsOkAndHolds(ElementsAre(EqualsRecord(Vector(TEXT, "of another item")))));
}

TEST_F(VectorIo, ScansTheFieldsOfOneItemTogether) {
  Write([](WriteBatch* batch) {
    PutVector(batch, {ITEM_RESOURCE, 1}, Vector(TITLE, "c"));
    PutVector(batch, {ITEM_POST, 2}, Vector(TEXT, "b"));
    PutVector(batch, kPost1, Vector(TEXT, "a"));
    PutVector(batch, kPost1, Vector(TAGS, "a"));
  });
  std::vector<std::pair<uint32_t, TextField>> seen;
  ASSERT_THAT(ScanVectors(Now(),
                          [&](const Item& item, const VectorRecord& record) {
                            seen.emplace_back(10 * item.kind + item.ordinal, record.field());
                            return absl::OkStatus();
                          }),
              IsOk());
  EXPECT_THAT(seen, ElementsAre(Pair(21, TAGS), Pair(21, TEXT), Pair(22, TEXT), Pair(31, TITLE)));
}

TEST_F(VectorIo, RefusesARecordOfAnotherField) {
  PutBytes(Family::kVectors, VectorKey({kPost1, TEXT}), EncodeRecord(Vector(BIO, "x")));
  EXPECT_THAT(VectorsOf(Now(), kPost1), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("vectors[020000000105]")));
}

VectorRecord OfTwoModels(const std::string& one, const std::string& other) {
  VectorRecord record;
  record.set_field(TEXT);
  SetValues("one", one, &record);
  SetValues("other", other, &record);
  return record;
}

TEST(VectorOfModels, HasTheValuesOfEach) {
  VectorRecord record = OfTwoModels("1", "2");
  EXPECT_EQ(ValuesOf(record, "one"), "1");
  EXPECT_EQ(ValuesOf(record, "other"), "2");
  EXPECT_EQ(ValuesOf(record, "third"), "");
  SetValues("one", "3", &record);
  SetValues("other", "4", &record);
  EXPECT_EQ(ValuesOf(record, "one"), "3");
  EXPECT_EQ(ValuesOf(record, "other"), "4");
}

TEST(VectorOfModels, KeepsWhatIsAskedForAndTellsWhetherAnythingWent) {
  VectorRecord both = OfTwoModels("1", "2");
  EXPECT_FALSE(KeepModels("other", "one", &both));
  VectorRecord first = both, second = both, none = both;
  EXPECT_TRUE(KeepModels("one", "", &first));
  EXPECT_EQ(ValuesOf(first, "one"), "1");
  EXPECT_EQ(ValuesOf(first, "other"), "");
  EXPECT_TRUE(KeepModels("third", "other", &second));
  EXPECT_EQ(ValuesOf(second, "other"), "2");
  EXPECT_EQ(ValuesOf(second, "one"), "");
  EXPECT_FALSE(second.has_other()) << "one model's vector is stored as it always was";
  EXPECT_TRUE(KeepModels("third", "", &none));
  EXPECT_TRUE(none.values().empty() && !none.has_other());
  EXPECT_FALSE(KeepModels("third", "", &none)) << "nothing was there";
}

TEST_F(VectorIo, TellsTheFirstModelAndGoesOnAfterAnItem) {
  EXPECT_THAT(FirstModel(Now()), IsOkAndHolds(IsNone()));
  Write([](WriteBatch* batch) {
    for (uint32_t post = 1; post <= 3; ++post) {
      PutVector(batch, {ITEM_POST, post}, Vector(TAGS, "tags"));
      PutVector(batch, {ITEM_POST, post}, Vector(TEXT, "text"));
    }
    PutVector(batch, {ITEM_RESOURCE, 1}, Vector(TITLE, "title"));
  });
  EXPECT_THAT(FirstModel(Now()), IsOkAndHolds(::testing::Optional(std::string("hashing"))));
  std::vector<std::pair<int, uint32_t>> items;
  ASSERT_THAT(ScanVectorsAfter(Now(), {ITEM_POST, 2},
                               [&](const Item& item, const VectorRecord&) {
                                 items.emplace_back(item.kind, item.ordinal);
                                 return absl::OkStatus();
                               }),
              IsOk());
  EXPECT_THAT(items, ElementsAre(Pair(ITEM_POST, 3), Pair(ITEM_POST, 3), Pair(ITEM_RESOURCE, 1)));
}

}  // namespace
}  // namespace staffroom::storage
