// The files that embeddings are measured on, plain or gzip; errors name the file and the line.
#ifndef STAFFROOM_TESTS_EVAL_EMBEDDING_FILES_H_
#define STAFFROOM_TESTS_EVAL_EMBEDDING_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace staffroom {

// Two sentences, and how alike people found them.
struct SentencePair {
  double score = 0;
  std::string a;
  std::string b;
};

// A document or a question.
struct NamedText {
  std::string id;
  std::string text;
};

struct Judgement {
  std::string query;
  std::string document;
  double relevance = 0;
};

struct ConversationPost {
  std::string text;
  std::string conversation;
};

// TSV: score, a, b. A first line whose score is no number is a header, here and among judgements.
absl::StatusOr<std::vector<SentencePair>> ReadSentencePairs(const std::string& path);

// JSON Lines: _id or id, title, text. A document's text is its title, a space and its text.
absl::StatusOr<std::vector<NamedText>> ReadDocuments(const std::string& path);

// TSV: id, text.
absl::StatusOr<std::vector<NamedText>> ReadQueries(const std::string& path);

// TSV: query, document, relevance.
absl::StatusOr<std::vector<Judgement>> ReadJudgements(const std::string& path);

// JSON Lines as of TeacherPost, in the order of the file.
absl::StatusOr<std::vector<ConversationPost>> ReadConversationPosts(const std::string& path);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_EVAL_EMBEDDING_FILES_H_
