#include "storage/rocksdb_store.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "storage/key_range.h"
#include "tests/storage/rocksdb_fixture.h"

namespace staffroom::storage {
namespace {

using namespace std::string_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Optional;

class RocksDb : public RocksDbFixture {};

TEST_F(RocksDb, KeepsEveryFamilyOverAReopening) {
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    for (const Family family : AllFamilies()) {
      ASSERT_THAT(Put(store.get(), family, "a long enough key", std::string(FamilyName(family))), IsOk());
    }
  }
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  const auto snapshot = store->TakeSnapshot();
  for (const Family family : AllFamilies()) {
    EXPECT_THAT(snapshot->Get(family, "a long enough key"), IsOkAndHolds(Optional(std::string(FamilyName(family)))));
  }
}

TEST_F(RocksDb, RefusesASecondOwnerInTheSameProcessAndServesTheFirstOn) {
  ASSERT_OK_AND_ASSIGN(const auto first, Open());
  const auto is_refused = StatusIs(absl::StatusCode::kFailedPrecondition,
                                   AllOf(HasSubstr(dir()), HasSubstr("already open by another staffroomd")));
  EXPECT_THAT(Open(), is_refused);
  EXPECT_THAT(OpenRelaxed(), is_refused);
  EXPECT_FALSE(std::filesystem::exists(dir() + "/UNSYNCED")) << "the refused one must not have touched the folder";
  EXPECT_THAT(Put(first.get(), Family::kIds, "ada", "1"), IsOk());
}

// The child holds RocksDB's lock as another server would, with system calls only (RocksDB does not survive a fork).
TEST_F(RocksDb, RefusesASecondOwnerInAnotherProcess) {
  ASSERT_THAT(Open(), IsOk());
  const std::string lock = dir() + "/rocksdb/LOCK";
  int locked[2], release[2];
  ASSERT_EQ(pipe(locked), 0);
  ASSERT_EQ(pipe(release), 0);
  const pid_t child = fork();
  if (child == 0) {
    struct flock whole_file = {};
    whole_file.l_type = F_WRLCK;
    char byte = fcntl(open(lock.c_str(), O_RDWR), F_SETLK, &whole_file) == 0 ? 'y' : 'n';
    if (write(locked[1], &byte, 1) != 1 || read(release[0], &byte, 1) != 1) _exit(1);
    _exit(0);
  }
  char answer = 0;
  ASSERT_EQ(read(locked[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("already open by another staffroomd")));
  ASSERT_EQ(write(release[1], "x", 1), 1);
  int exit_status = 0;
  ASSERT_EQ(waitpid(child, &exit_status, 0), child);
  EXPECT_THAT(Open(), IsOk()) << "free again once the other has gone";
  for (const int end : {locked[0], locked[1], release[0], release[1]}) close(end);
}

TEST_F(RocksDb, ReportsFlippedBytesOfAFileAsDataLoss) {
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    for (int i = 0; i < 2000; ++i) {
      ASSERT_THAT(Put(store.get(), Family::kIds, absl::StrCat("id-", i), std::string(1000, 'a' + i % 7)), IsOk());
    }
  }
  // Opening again turns the log into table files; then one bit in the middle of each is turned over.
  ASSERT_THAT(Open(), IsOk());
  int turned = 0;
  for (const auto& entry : std::filesystem::directory_iterator(dir() + "/rocksdb")) {
    if (entry.path().extension() != ".sst" || entry.file_size() < 10'000) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = static_cast<std::streamoff>(entry.file_size() / 2);
    file.seekg(middle);
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(middle);
    file.put(byte);
    ++turned;
  }
  ASSERT_GT(turned, 0);
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  const auto snapshot = store->TakeSnapshot();
  const auto scan = snapshot->Scan(Family::kIds, "", "");
  while (scan->Valid()) scan->Next();
  EXPECT_THAT(scan->status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("scanning: Corruption")));
}

// What a store of ten writes looks like when its owner dies: they stand in the log alone.
class RocksDbLog : public RocksDbFixture {
 protected:
  static constexpr size_t kValueBytes = 1'000;

  RocksDbLog() {
    const auto store = Open();
    EXPECT_THAT(store, IsOk());
    for (int i = 0; i < 10; ++i) {
      EXPECT_THAT(Put(store->get(), Family::kIds, absl::StrCat("id-", i), std::string(kValueBytes, 'a')), IsOk());
    }
  }

  std::filesystem::path Log() const {
    std::filesystem::path log;
    for (const auto& entry : std::filesystem::directory_iterator(dir() + "/rocksdb")) {
      if (entry.path().extension() == ".log" && entry.file_size() > 0) log = entry.path();
    }
    EXPECT_GT(std::filesystem::file_size(log), 10 * kValueBytes);
    return log;
  }
  void TurnABitInTheMiddle() const {
    std::fstream file(Log(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(Log()) / 2));
    file.put('b');
  }
  bool Holds(const RocksDbStore& store, const std::string& id) const {
    const auto value = store.TakeSnapshot()->Get(Family::kIds, id);
    EXPECT_THAT(value, IsOk());
    return value.ok() && value->has_value();
  }
};

TEST_F(RocksDbLog, DamagedBeforeItsEndIsRefusedRatherThanCutOff) {
  TurnABitInTheMiddle();
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr(dir()), HasSubstr("Corruption"))));
  EXPECT_THAT(OpenRelaxed(), StatusIs(absl::StatusCode::kDataLoss)) << "whoever opens it: it was closed well";
}

TEST_F(RocksDbLog, TornAtItsTailLosesOnlyTheTornWrite) {
  std::filesystem::resize_file(Log(), std::filesystem::file_size(Log()) - kValueBytes / 2);
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_TRUE(Holds(*store, "id-8"));
  EXPECT_FALSE(Holds(*store, "id-9"));
}

TEST_F(RocksDbLog, OfARelaxedOwnerThatWasCutOffCountsUpToItsFirstDamage) {
  TurnABitInTheMiddle();
  WriteFile("UNSYNCED", "");
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_TRUE(store->may_have_lost_writes()) << "so that a new epoch is drawn";
  EXPECT_TRUE(Holds(*store, "id-1"));
  EXPECT_FALSE(Holds(*store, "id-9"));
}

TEST_F(RocksDb, KnowsWhetherARelaxedOwnerWasCutOff) {
  const auto cut_off = [this] {  // what a power cut leaves: the mark that only a clean closing takes away
    ASSERT_THAT(Open(), IsOk());
    WriteFile("UNSYNCED", "");
  };
  cut_off();
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    EXPECT_TRUE(store->may_have_lost_writes());
  }
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    EXPECT_TRUE(store->may_have_lost_writes()) << "nobody has acted on it: nothing was written";
    ASSERT_THAT(Put(store.get(), Family::kMeta, "epoch", "another"), IsOk());
  }
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_FALSE(store->may_have_lost_writes());
}

TEST_F(RocksDb, ARelaxedOwnerHasAMarkUntilItCloses) {
  {
    ASSERT_OK_AND_ASSIGN(const auto store, OpenRelaxed());
    EXPECT_FALSE(store->may_have_lost_writes());
    ASSERT_THAT(Put(store.get(), Family::kIds, "ada", "1"), IsOk());
    EXPECT_TRUE(std::filesystem::exists(dir() + "/UNSYNCED"));
  }
  EXPECT_FALSE(std::filesystem::exists(dir() + "/UNSYNCED"));
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_FALSE(std::filesystem::exists(dir() + "/UNSYNCED")) << "a synced owner needs none";
  EXPECT_THAT(store->TakeSnapshot()->Get(Family::kIds, "ada"), IsOkAndHolds(Optional("1"s)));
}

TEST_F(RocksDb, CountsTheBytesOfItsFiles) {
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  const int64_t before = store->bytes_on_disk();
  EXPECT_GT(before, 0);
  ASSERT_THAT(Put(store.get(), Family::kIds, "ada", std::string(100'000, 'x')), IsOk());
  EXPECT_GE(store->bytes_on_disk(), before + 100'000);
  EXPECT_LT(store->bytes_on_disk(), before + 10'000'000);
}

}  // namespace
}  // namespace staffroom::storage
