#include "tests/eval/embedding_files.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tests/eval/teacher_posts.h"
#include "tests/support/text_lines.h"

namespace staffroom {
namespace {

// Rows of a file, each made from a line by `parse`: (line, number) → StatusOr<Row>. Empty lines are none.
template <typename Row, typename Parse>
absl::StatusOr<std::vector<Row>> ReadRows(const std::string& path, Parse parse) {
  std::vector<Row> rows;
  const absl::Status read = ForEachLine(path, [&](absl::string_view line, int number) {
    if (line.empty()) return absl::OkStatus();
    absl::StatusOr<Row> row = parse(line, number);
    if (!row.ok()) return number == 1 && absl::IsOutOfRange(row.status()) ? absl::OkStatus() : row.status();
    rows.push_back(*std::move(row));
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  return rows;
}

absl::StatusOr<std::vector<std::string>> Columns(absl::string_view line, size_t count) {
  std::vector<std::string> columns = absl::StrSplit(line, absl::MaxSplits('\t', static_cast<int>(count) - 1));
  if (columns.size() == count) return columns;
  return absl::InvalidArgumentError(absl::StrCat("not ", count, " columns between tabs"));
}

// OUT_OF_RANGE when it is none: a header, if in the first line.
absl::StatusOr<double> Number(absl::string_view text) {
  double number = 0;
  if (absl::SimpleAtod(text, &number)) return number;
  return absl::OutOfRangeError(absl::StrCat("not a number: ", text));
}

std::string Text(const google::protobuf::Struct& object, const std::string& key) {
  const auto found = object.fields().find(key);
  return found == object.fields().end() ? "" : found->second.string_value();
}

}  // namespace

absl::StatusOr<std::vector<SentencePair>> ReadSentencePairs(const std::string& path) {
  return ReadRows<SentencePair>(path, [](absl::string_view line, int) -> absl::StatusOr<SentencePair> {
    const absl::StatusOr<std::vector<std::string>> columns = Columns(line, 3);
    if (!columns.ok()) return columns.status();
    const absl::StatusOr<double> score = Number((*columns)[0]);
    if (!score.ok()) return score.status();
    return SentencePair{*score, (*columns)[1], (*columns)[2]};
  });
}

absl::StatusOr<std::vector<NamedText>> ReadDocuments(const std::string& path) {
  return ReadRows<NamedText>(path, [](absl::string_view line, int) -> absl::StatusOr<NamedText> {
    google::protobuf::Struct object;
    if (!google::protobuf::util::JsonStringToMessage({line.data(), line.size()}, &object).ok()) {
      return absl::InvalidArgumentError("not a JSON object");
    }
    std::string id = Text(object, "_id");
    if (id.empty()) id = Text(object, "id");
    if (id.empty()) return absl::InvalidArgumentError("neither _id nor id is a text");
    return NamedText{std::move(id), absl::StrCat(Text(object, "title"), " ", Text(object, "text"))};
  });
}

absl::StatusOr<std::vector<NamedText>> ReadQueries(const std::string& path) {
  return ReadRows<NamedText>(path, [](absl::string_view line, int) -> absl::StatusOr<NamedText> {
    const absl::StatusOr<std::vector<std::string>> columns = Columns(line, 2);
    if (!columns.ok()) return columns.status();
    return NamedText{(*columns)[0], (*columns)[1]};
  });
}

absl::StatusOr<std::vector<Judgement>> ReadJudgements(const std::string& path) {
  return ReadRows<Judgement>(path, [](absl::string_view line, int) -> absl::StatusOr<Judgement> {
    const absl::StatusOr<std::vector<std::string>> columns = Columns(line, 3);
    if (!columns.ok()) return columns.status();
    const absl::StatusOr<double> relevance = Number((*columns)[2]);
    if (!relevance.ok()) return relevance.status();
    return Judgement{(*columns)[0], (*columns)[1], *relevance};
  });
}

absl::StatusOr<std::vector<ConversationPost>> ReadConversationPosts(const std::string& path) {
  return ReadRows<ConversationPost>(path, [](absl::string_view line, int) -> absl::StatusOr<ConversationPost> {
    absl::StatusOr<TeacherPost> post = ParseTeacherPost(line);
    if (!post.ok()) return post.status();
    return ConversationPost{std::move(post->text), std::move(post->conversation)};
  });
}

}  // namespace staffroom
