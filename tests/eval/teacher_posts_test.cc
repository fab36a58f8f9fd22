#include "tests/eval/teacher_posts.h"

#include <zlib.h>

#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

constexpr char kLater[] =
    R"({"id": "p2", "author": "t2", "created_at": "2021-01-06T00:45:32.000Z", "text": "Yes", "conversation": "p1", "reply_to": "t1"})";
constexpr char kEarlier[] =
    R"({"id": "p1", "author": "t1", "created_at": "2021-01-05T00:00:00.000Z", "text": "Anyone?"})";

TEST(ParseTeacherPost, ReadsEveryField) {
  ASSERT_OK_AND_ASSIGN(const TeacherPost post, ParseTeacherPost(kLater));
  EXPECT_EQ(post.id, "p2");
  EXPECT_EQ(post.author, "t2");
  EXPECT_EQ(post.created_at, absl::FromCivil(absl::CivilSecond(2021, 1, 6, 0, 45, 32), absl::UTCTimeZone()));
  EXPECT_EQ(post.text, "Yes");
  EXPECT_EQ(post.conversation, "p1");
  EXPECT_EQ(post.reply_to, "t1");
}

TEST(ParseTeacherPost, RefusesAPostWithoutAuthor) {
  EXPECT_THAT(ParseTeacherPost(R"({"id": "p1", "created_at": "2021-01-05T00:00:00Z"})"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("author")));
}

TEST(ParseTeacherPost, RefusesATimeThatIsNone) {
  EXPECT_THAT(ParseTeacherPost(R"({"id": "p1", "author": "t1", "created_at": "yesterday"})"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("created_at")));
}

TEST(ReadTeacherPosts, SortsByTime) {
  const TempDir temp;
  std::ofstream(temp.Join("posts.jsonl")) << kLater << '\n' << kEarlier << '\n';
  ASSERT_OK_AND_ASSIGN(const auto posts, ReadTeacherPosts(temp.Join("posts.jsonl")));
  EXPECT_THAT(posts, ElementsAre(Field(&TeacherPost::id, "p1"), Field(&TeacherPost::id, "p2")));
}

TEST(ReadTeacherPosts, ReadsGzip) {
  const TempDir temp;
  const std::string path = temp.Join("posts.jsonl.gz");
  const gzFile file = gzopen(path.c_str(), "wb");
  gzputs(file, kEarlier);
  gzclose(file);
  ASSERT_OK_AND_ASSIGN(const auto posts, ReadTeacherPosts(path));
  EXPECT_THAT(posts, ElementsAre(Field(&TeacherPost::id, "p1")));
}

TEST(ReadTeacherPosts, NamesTheLineThatItCannotRead) {
  const TempDir temp;
  std::ofstream(temp.Join("posts.jsonl")) << kEarlier << "\n{\n";
  EXPECT_THAT(ReadTeacherPosts(temp.Join("posts.jsonl")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("posts.jsonl:2: ")));
}

TEST(ReadTeacherPosts, SaysThatThereIsNoFile) {
  EXPECT_THAT(ReadTeacherPosts("/nowhere/posts.jsonl"), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace staffroom
