#include "embeddings/models/shipped_model.h"

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/model_writer.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom::embeddings {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(ShippedModel, IsFoundInTheTreeThatAProgramWasBuiltIn) {
  const TempDir tree;
  std::filesystem::create_directories(tree.Join("build/release/bin"));
  std::filesystem::create_directories(tree.Join("embeddings/models"));
  const std::string path = tree.Join(absl::StrCat("embeddings/models/", kShippedModelName));
  WriteFile(path, "a model");
  EXPECT_THAT(FindModelIn(ShippedModelFolders(tree.Join("build/release/bin"))), IsOkAndHolds(path));
}

TEST(ShippedModel, IsFoundBesideWhereProgramsAreInstalled) {
  const TempDir tree;
  std::filesystem::create_directories(tree.Join("share/staffroom"));
  const std::string path = tree.Join(absl::StrCat("share/staffroom/", kShippedModelName));
  WriteFile(path, "a model");
  EXPECT_THAT(FindModelIn(ShippedModelFolders(tree.Join("bin"))), IsOkAndHolds(path));
}

TEST(ShippedModel, ThatIsNowhereIsSaidToBeSoWithThePlaces) {
  const TempDir tree;
  const std::vector<std::string> folders = {tree.Join("one"), tree.Join("two")};
  std::filesystem::create_directories(absl::StrCat(folders[0], "/", kShippedModelName));  // a folder is no file
  EXPECT_THAT(FindModelIn(folders),
              StatusIs(absl::StatusCode::kNotFound, AllOf(HasSubstr(folders[0]), HasSubstr(folders[1]))));
}

}  // namespace
}  // namespace staffroom::embeddings
