#include "service/client/line_file.h"

#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct LineFileTest : ::testing::Test {
  std::string Write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder.Join(name), std::ios::binary) << bytes;
    return folder.Join(name);
  }
  std::string WritePacked(const std::string& name, const std::string& text) {
    const gzFile file = gzopen(folder.Join(name).c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    return folder.Join(name);
  }
  // All lines until the end or the first error, which is left in `error`.
  std::vector<std::string> LinesOf(const std::string& path) {
    auto file = LineFile::Open(path);
    EXPECT_THAT(file, IsOk());
    std::vector<std::string> lines;
    std::string line;
    while (true) {
      const auto any = (*file)->Next(&line);
      error = any.status();
      if (!any.ok() || !*any) return lines;
      lines.push_back(line);
    }
  }

  TempDir folder;
  absl::Status error;
};

TEST_F(LineFileTest, GivesEveryLineWithoutItsEnd) {
  EXPECT_THAT(LinesOf(Write("a.jsonl", "one\n\nthree\n")), ElementsAre("one", "", "three"));
  EXPECT_THAT(error, IsOk());
}

TEST_F(LineFileTest, GivesALastLineThatHasNoEnd) {
  EXPECT_THAT(LinesOf(Write("a.jsonl", "one\ntwo")), ElementsAre("one", "two"));
}

TEST_F(LineFileTest, HasNoLinesWhenItIsEmpty) { EXPECT_THAT(LinesOf(Write("a.jsonl", "")), IsEmpty()); }

TEST_F(LineFileTest, UnpacksGzip) {
  EXPECT_THAT(LinesOf(WritePacked("a.jsonl.gz", "one\ntwo\n")), ElementsAre("one", "two"));
}

TEST_F(LineFileTest, KeepsLinesWholeAcrossItsBuffers) {
  const std::string long_line(300 << 10, 'x');  // longer than the buffer
  EXPECT_THAT(LinesOf(Write("a.jsonl", "one\n" + long_line + "\nthree\n")), ElementsAre("one", long_line, "three"));
}

TEST_F(LineFileTest, SaysThatPackedDataIsCutShortAfterGivingWhatIsThere) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "line " + std::to_string(i * 7919 % 100'003) + "\n";
  const std::string path = WritePacked("a.jsonl.gz", text);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_GT(LinesOf(path).size(), 1000u);
  EXPECT_THAT(error, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut short")));
}

TEST_F(LineFileTest, SaysThatPackedDataIsDamaged) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += "line " + std::to_string(i * 7919 % 100'003) + "\n";
  const std::string path = WritePacked("a.jsonl.gz", text);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path) / 2));
  file.write("damage", 6);
  file.close();
  LinesOf(path);
  EXPECT_THAT(error, StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path)));
}

TEST_F(LineFileTest, SkipsALineThatIsTooLongAndGoesOn) {
  const std::string path = Write("a.jsonl", "one\n" + std::string(LineFile::kLineBytesMax + 1, 'x') + "\nthree\n");
  const auto file = *LineFile::Open(path);
  std::string line;
  ASSERT_THAT(file->Next(&line), IsOk());
  EXPECT_THAT(file->Next(&line), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(file->Next(&line), IsOkAndHolds(true));
  EXPECT_EQ(line, "three");
  EXPECT_EQ(file->line_number(), 3);
}

TEST_F(LineFileTest, HasReadAllBytesOfTheDiskAtItsEnd) {
  for (const std::string& path : {Write("a.jsonl", "one\ntwo\n"), WritePacked("b.jsonl.gz", "one\ntwo\n")}) {
    const auto file = *LineFile::Open(path);
    std::string line;
    while (*file->Next(&line)) {
    }
    EXPECT_EQ(file->bytes_read(), static_cast<int64_t>(std::filesystem::file_size(path))) << path;
  }
}

TEST_F(LineFileTest, NamesAFileThatIsNotThere) {
  EXPECT_THAT(LineFile::Open(folder.Join("absent.jsonl")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent.jsonl")));
}

TEST_F(LineFileTest, DoesNotTakeAFolderForAFile) {
  EXPECT_THAT(LineFile::Open(folder.path()), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("is a folder")));
}

}  // namespace
}  // namespace staffroom
