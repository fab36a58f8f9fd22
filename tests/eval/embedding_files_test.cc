#include "tests/eval/embedding_files.h"

#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class EmbeddingFiles : public ::testing::Test {
 protected:
  std::string Write(const std::string& bytes) {
    std::ofstream(path_) << bytes;
    return path_;
  }

  const TempDir dir_;
  const std::string path_ = dir_.Join("file");
};

TEST_F(EmbeddingFiles, OfSentencesMayHaveAHeader) {
  for (const char* header : {"", "score\ta\tb\n"}) {
    ASSERT_OK_AND_ASSIGN(const auto pairs, ReadSentencePairs(Write(std::string(header) + "2.5\tone\ttwo\n0\tx\ty\n")));
    ASSERT_THAT(pairs, SizeIs(2));
    EXPECT_EQ(pairs[0].score, 2.5);
    EXPECT_EQ(pairs[0].a, "one");
    EXPECT_EQ(pairs[0].b, "two");
  }
  EXPECT_THAT(ReadSentencePairs(Write("1\ta\tb\nx\ta\tb\n")),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr(":2: ")));
  EXPECT_THAT(ReadSentencePairs(Write("1\ta\n")), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(":1: ")));
}

TEST_F(EmbeddingFiles, OfDocumentsNameThemEitherWay) {
  ASSERT_OK_AND_ASSIGN(const auto documents,
                       ReadDocuments(Write("{\"_id\": \"1\", \"title\": \"T\", \"text\": \"body\"}\n"
                                           "{\"id\": \"2\", \"text\": \"alone\"}\n")));
  ASSERT_THAT(documents, SizeIs(2));
  EXPECT_EQ(documents[0].id, "1");
  EXPECT_EQ(documents[0].text, "T body");
  EXPECT_EQ(documents[1].id, "2");
  EXPECT_EQ(documents[1].text, " alone");
  EXPECT_THAT(ReadDocuments(Write("{}\n")), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(":1: ")));
}

TEST_F(EmbeddingFiles, OfQuestionsAndJudgementsAreTables) {
  ASSERT_OK_AND_ASSIGN(const auto queries, ReadQueries(Write("7\twhat\tis\n")));
  ASSERT_THAT(queries, SizeIs(1));
  EXPECT_EQ(queries[0].text, "what\tis");
  ASSERT_OK_AND_ASSIGN(const auto judgements, ReadJudgements(Write("query\tdocument\tscore\n7\t1\t2\n")));
  ASSERT_THAT(judgements, SizeIs(1));
  EXPECT_EQ(judgements[0].query, "7");
  EXPECT_EQ(judgements[0].document, "1");
  EXPECT_EQ(judgements[0].relevance, 2);
}

TEST_F(EmbeddingFiles, OfPostsKeepTheirOrder) {
  const auto post = [](const std::string& text, const std::string& time) {
    return "{\"id\": \"" + text + "\", \"author\": \"a\", \"created_at\": \"" + time + "\", \"text\": \"" + text +
           "\", \"conversation\": \"c" + text + "\"}\n";
  };
  ASSERT_OK_AND_ASSIGN(const auto posts, ReadConversationPosts(Write(post("late", "2021-02-01T00:00:00Z") +
                                                                     post("early", "2021-01-01T00:00:00Z"))));
  ASSERT_THAT(posts, SizeIs(2));
  EXPECT_EQ(posts[0].text, "late");
  EXPECT_EQ(posts[1].conversation, "cearly");
}

}  // namespace
}  // namespace staffroom
