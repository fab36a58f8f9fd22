#include "tests/eval/teacher_posts.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tests/support/text_lines.h"

namespace staffroom {
namespace {

std::string Text(const google::protobuf::Struct& object, const std::string& key) {
  const auto found = object.fields().find(key);
  return found == object.fields().end() ? "" : found->second.string_value();
}

}  // namespace

absl::StatusOr<TeacherPost> ParseTeacherPost(absl::string_view line) {
  google::protobuf::Struct object;
  if (!google::protobuf::util::JsonStringToMessage({line.data(), line.size()}, &object).ok()) {
    return absl::InvalidArgumentError("not a JSON object");
  }
  TeacherPost post;
  post.id = Text(object, "id");
  post.author = Text(object, "author");
  post.text = Text(object, "text");
  post.conversation = Text(object, "conversation");
  post.reply_to = Text(object, "reply_to");
  if (post.id.empty() || post.author.empty()) return absl::InvalidArgumentError("neither id nor author may be missing");
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, Text(object, "created_at"), &post.created_at, &error)) {
    return absl::InvalidArgumentError(absl::StrCat("created_at: ", error));
  }
  return post;
}

absl::StatusOr<std::vector<TeacherPost>> ReadTeacherPosts(const std::string& path) {
  std::vector<TeacherPost> posts;
  const absl::Status read = ForEachLine(path, [&posts](absl::string_view line, int) {
    if (line.empty()) return absl::OkStatus();
    absl::StatusOr<TeacherPost> post = ParseTeacherPost(line);
    if (!post.ok()) return post.status();
    posts.push_back(*std::move(post));
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  std::sort(posts.begin(), posts.end(), [](const TeacherPost& a, const TeacherPost& b) {
    return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id);
  });
  return posts;
}

}  // namespace staffroom
