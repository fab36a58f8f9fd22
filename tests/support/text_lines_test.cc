#include "tests/support/text_lines.h"

#include <zlib.h>

#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TextLines : public ::testing::Test {
 protected:
  absl::StatusOr<std::vector<std::string>> Plain(const std::string& bytes) {
    std::ofstream(path_, std::ios::binary) << bytes;
    return ReadLines(path_);
  }
  absl::StatusOr<std::vector<std::string>> Compressed(const std::string& bytes) {
    const gzFile file = gzopen(path_.c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
    return ReadLines(path_);
  }

  const TempDir dir_;
  const std::string path_ = dir_.Join("lines");
};

TEST_F(TextLines, AreThoseOfAFileHoweverItIsStored) {
  const std::string longer(100'000, 'x');
  for (const std::string& bytes : {"a\n\nb\n" + longer + "\nlast", "a\n\nb\n" + longer + "\nlast\n"}) {
    EXPECT_THAT(Plain(bytes), IsOkAndHolds(ElementsAre("a", "", "b", longer, "last")));
    EXPECT_THAT(Compressed(bytes), IsOkAndHolds(ElementsAre("a", "", "b", longer, "last")));
  }
  EXPECT_THAT(Plain(""), IsOkAndHolds(IsEmpty()));
}

TEST_F(TextLines, OfAFileThatIsNotThereOrCutShortAreAnError) {
  EXPECT_THAT(ReadLines(dir_.Join("none")), StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));
  std::string noise;
  for (uint32_t i = 0; i < 30'000; ++i) noise.push_back(static_cast<char>((i * 2654435761u) >> 24));
  ASSERT_THAT(Compressed(noise), IsOk());
  std::ifstream whole(path_, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(whole)), {});
  EXPECT_THAT(Plain(bytes.substr(0, bytes.size() / 2)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path_)));
}

TEST_F(TextLines, NameTheOneThatFailed) {
  std::ofstream(path_) << "good\nbad\nworse\n";
  const absl::Status status = ForEachLine(path_, [](absl::string_view line, int number) {
    EXPECT_LE(number, 2);
    return line == "good" ? absl::OkStatus() : absl::InvalidArgumentError("not good");
  });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, path_ + ":2: not good"));
}

}  // namespace
}  // namespace staffroom
