#include "service/tokens/sealing_key.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/tokens/sealer.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(SealingKey, IsMadeOnceAndThenStays) {
  const TempDir folder;
  const auto first = LoadOrCreateSealingKey(folder.Join("key"));
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(*first, SizeIs(Sealer::kKeyBytes));
  EXPECT_THAT(LoadOrCreateSealingKey(folder.Join("key")), IsOkAndHolds(*first));
}

TEST(SealingKey, DiffersFromStoreToStore) {
  const TempDir folder;
  EXPECT_NE(*LoadOrCreateSealingKey(folder.Join("one")), *LoadOrCreateSealingKey(folder.Join("two")));
}

TEST(SealingKey, IsReadableByItsOwnerOnlyAndLeavesNothingElseBehind) {
  const TempDir folder;
  ASSERT_THAT(LoadOrCreateSealingKey(folder.Join("key")), IsOk());
  struct stat file;
  ASSERT_EQ(stat(folder.Join("key").c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(SealingKey, IsNotReplacedWhenTheFileHoldsSomethingElse) {
  const TempDir folder;
  for (const size_t size : {0, 31, 33}) {
    const std::string path = folder.Join("key");
    std::ofstream(path) << std::string(size, 'x');
    EXPECT_THAT(LoadOrCreateSealingKey(path), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(path)));
    EXPECT_EQ(std::filesystem::file_size(path), size);
  }
}

TEST(SealingKey, SaysWhichFolderIsNotThere) {
  const TempDir folder;
  EXPECT_THAT(LoadOrCreateSealingKey(folder.Join("absent/key")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent")));
}

}  // namespace
}  // namespace staffroom
