// A file that is cut, flipped, foreign or newer is refused by its name, whatever was hit.
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "embeddings/models/static_model.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/model_writer.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom::embeddings {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class DamagedModel : public ::testing::Test {
 protected:
  absl::Status Open(absl::string_view bytes) {
    WriteFile(path_, bytes);
    return StaticModel::Open(path_).status();
  }

  const TempDir dir_;
  const std::string path_ = dir_.Join("some.model");
  const std::string whole_ = WriteModel(DrawPieces({"teach", "##er"}));
};

TEST_F(DamagedModel, IsNotOneThatIsWhole) { EXPECT_THAT(Open(whole_), IsOk()); }

TEST_F(DamagedModel, OfEveryShorterLengthIsRefusedAsTruncated) {
  for (size_t size = 0; size < whole_.size(); ++size) {
    EXPECT_THAT(Open(absl::string_view(whole_).substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss, AllOf(StartsWith(path_), HasSubstr("truncated"),
                                                            HasSubstr(absl::StrCat("has ", size, " bytes")))))
        << "size " << size;
  }
}

TEST_F(DamagedModel, WithBytesBeyondItsEndIsRefused) {
  EXPECT_THAT(Open(absl::StrCat(whole_, "x")),
              StatusIs(absl::StatusCode::kDataLoss, AllOf(StartsWith(path_), HasSubstr("should have"))));
}

TEST_F(DamagedModel, WithAnyOneBitFlippedIsRefused) {
  for (size_t byte = 0; byte < whole_.size(); ++byte) {
    std::string bytes = whole_;
    bytes[byte] = static_cast<char>(bytes[byte] ^ (1 << (byte % 8)));
    const absl::Status status = Open(bytes);
    EXPECT_THAT(std::string(status.message()), StartsWith(absl::StrCat(path_, ": "))) << "byte " << byte;
    EXPECT_THAT(std::string(status.message()),
                AnyOf(HasSubstr("damaged"), HasSubstr("newer"), HasSubstr("not a static model file"),
                      HasSubstr("dimensions"), HasSubstr("pieces")))
        << "byte " << byte;
    if (byte < 28) continue;
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("checksum"))) << "byte " << byte;
  }
}

TEST_F(DamagedModel, OfANewerVersionIsSaidToBeNewer) {
  for (size_t offset : {size_t{8}, size_t{12}}) {
    std::string bytes = whole_;
    SetField(bytes, offset, 2);
    RepairChecksum(bytes);
    EXPECT_THAT(Open(bytes), StatusIs(absl::StatusCode::kFailedPrecondition,
                                      AllOf(StartsWith(path_), HasSubstr("newer"), HasSubstr("version is 2"))));
    SetField(bytes, offset, 0);
    EXPECT_THAT(Open(bytes), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("version is 0")));
  }
}

TEST_F(DamagedModel, ThatIsAnotherKindOfFileIsSaidToBeNone) {
  for (const char* foreign : {"{\"model\": 1}", "\177ELF", "S", "SRSTATIK and a lot more", "\x1F\x8B\x08"}) {
    const bool magic_begins = absl::string_view("SRSTATIC").substr(0, 1) == foreign;
    EXPECT_THAT(Open(foreign), StatusIs(magic_begins ? absl::StatusCode::kDataLoss : absl::StatusCode::kInvalidArgument,
                                        StartsWith(path_)));
  }
}

TEST_F(DamagedModel, ThatIsNotThereOrNoFileIsNamed) {
  EXPECT_THAT(StaticModel::Open(dir_.Join("none.model")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(dir_.Join("none.model"))));
  EXPECT_THAT(StaticModel::Open(dir_.path()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not a regular file")));
}

TEST_F(DamagedModel, WithAPieceTwiceIsRefused) {
  EXPECT_THAT(Open(WriteModel(DrawPieces({"a", "b", "a"}))),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(StartsWith(path_), HasSubstr("piece 2"))));
}

}  // namespace
}  // namespace staffroom::embeddings
