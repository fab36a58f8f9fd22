#include <string>

#include "rocksdb/db.h"
#include "tests/storage/rocksdb_fixture.h"

namespace staffroom::storage {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

using RocksDbFolderOf = RocksDbFixture;

TEST_F(RocksDbFolderOf, AMissingFolderIsMadeWithItsParents) {
  const auto store = RocksDbStore::Open(OptionsOf(dir() + "/of/staffroom"));
  EXPECT_THAT(store, IsOk());
}

TEST_F(RocksDbFolderOf, AnEmptyFolderIsTaken) {
  std::filesystem::create_directories(dir() + "/lost+found");  // as on a fresh volume
  EXPECT_THAT(Open(), IsOk());
  EXPECT_EQ(ReadFile("STAFFROOM"), "staffroom store 1\n");
}

TEST_F(RocksDbFolderOf, AFolderOfSomebodyElseIsRefusedAndNotTouched) {
  WriteFile("thesis.txt", "chapter one");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               AllOf(HasSubstr(dir()), HasSubstr("holds no staffroom store"),
                                     HasSubstr("nothing was touched"))));
  EXPECT_THAT(Files(), ElementsAre("thesis.txt"));
  EXPECT_EQ(ReadFile("thesis.txt"), "chapter one");
}

TEST_F(RocksDbFolderOf, ARocksDbOfSomebodyElseIsRefusedAndNotTouched) {
  std::filesystem::create_directories(dir());
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* foreign = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, dir() + "/rocksdb", &foreign).ok());
  delete foreign;
  const auto before = Files();
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("holds no staffroom store")));
  EXPECT_EQ(Files(), before);
}

TEST_F(RocksDbFolderOf, AFileInPlaceOfTheFolderIsRefused) {
  WriteFile("file", "x");
  EXPECT_THAT(RocksDbStore::Open(OptionsOf(dir() + "/file")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("is not a folder")));
}

TEST_F(RocksDbFolderOf, ANewerLayoutIsRefusedByNameAndNotTouched) {
  WriteFile("STAFFROOM", "staffroom store 2\n");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               AllOf(HasSubstr("of layout 2"), HasSubstr("knows layout 1"))));
  EXPECT_THAT(Files(), ElementsAre("STAFFROOM"));
}

TEST_F(RocksDbFolderOf, AMarkerThatIsNoneIsRefused) {
  for (const char* text :
       {"", "staffroom store", "staffroom store \n", "staffroom store 0\n", "staffroom store 1", "1\n"}) {
    WriteFile("STAFFROOM", text);
    EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("is no marker"))) << text;
  }
}

TEST_F(RocksDbFolderOf, AFamilyOfANewerProgramIsRefusedByName) {
  ASSERT_THAT(Open(), IsOk());
  rocksdb::DB* db = nullptr;
  rocksdb::ColumnFamilyHandle* handle = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors = {{rocksdb::kDefaultColumnFamilyName, {}}};
  for (const Family family : AllFamilies()) descriptors.push_back({std::string(FamilyName(family)), {}});
  ASSERT_TRUE(rocksdb::DB::Open({}, dir() + "/rocksdb", descriptors, &handles, &db).ok());
  ASSERT_TRUE(db->CreateColumnFamily({}, "badges", &handle).ok());
  for (auto* opened : handles) db->DestroyColumnFamilyHandle(opened);
  db->DestroyColumnFamilyHandle(handle);
  delete db;
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("\"badges\"")));
}

TEST_F(RocksDbFolderOf, AStoreThatIsGoneFromUnderItsMarkerIsNotReplacedByAnEmptyOne) {
  ASSERT_THAT(Open(), IsOk());
  std::filesystem::remove_all(dir() + "/rocksdb");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("holds none")));
  EXPECT_THAT(Files(), ElementsAre("STAFFROOM"));
}

TEST_F(RocksDbFolderOf, ACreationThatWasCutShortIsTakenUp) {
  WriteFile("STAFFROOM.new", "staffroom st");  // cut between writing the marker and naming it
  EXPECT_THAT(Open(), IsOk());
  std::filesystem::remove_all(dir());
  WriteFile("STAFFROOM", "staffroom store 1 (creating)\n");  // cut between the marker and the store
  EXPECT_THAT(Open(), IsOk());
  EXPECT_EQ(ReadFile("STAFFROOM"), "staffroom store 1\n");
}

TEST_F(RocksDbFolderOf, OtherPartsFoldersBesideTheStoreAreLeftAlone) {
  ASSERT_THAT(Open(), IsOk());
  WriteFile("index.bin", "segments");
  EXPECT_THAT(Open(), IsOk());
  EXPECT_EQ(ReadFile("index.bin"), "segments");
}

}  // namespace
}  // namespace staffroom::storage
