#include "tests/eval/teacher_posts.h"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace staffroom {
namespace {

// zlib hands plain files through as they are.
absl::StatusOr<std::string> ReadPlainOrGzip(const std::string& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (file == nullptr) return absl::NotFoundError(absl::StrCat("cannot open ", path));
  std::string text;
  char buffer[1 << 16];
  int length = 0;
  while ((length = gzread(file.get(), buffer, sizeof(buffer))) > 0) text.append(buffer, static_cast<size_t>(length));
  if (length < 0) return absl::DataLossError(absl::StrCat("cannot read ", path));
  return text;
}

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
  const absl::StatusOr<std::string> text = ReadPlainOrGzip(path);
  if (!text.ok()) return text.status();
  std::vector<TeacherPost> posts;
  int number = 0;
  for (const absl::string_view line : absl::StrSplit(*text, '\n')) {
    ++number;
    if (line.empty()) continue;
    absl::StatusOr<TeacherPost> post = ParseTeacherPost(line);
    if (!post.ok()) return absl::InvalidArgumentError(absl::StrCat(path, ":", number, ": ", post.status().message()));
    posts.push_back(*std::move(post));
  }
  std::sort(posts.begin(), posts.end(), [](const TeacherPost& a, const TeacherPost& b) {
    return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id);
  });
  return posts;
}

}  // namespace staffroom
