#ifndef STAFFROOM_TESTS_EVAL_TEACHER_POSTS_H_
#define STAFFROOM_TESTS_EVAL_TEACHER_POSTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace staffroom {

// One public post of a science teacher, as the research data has it.
struct TeacherPost {
  std::string id;
  std::string author;
  absl::Time created_at;
  std::string text;
  std::string conversation;  // id of the post that the thread began with, which need not be in the data
  std::string reply_to;      // the AUTHOR who was answered; empty when none was; may be the author itself
};

// Reads one JSON object. INVALID_ARGUMENT when it is none, or lacks an id, an author or a time (RFC 3339).
absl::StatusOr<TeacherPost> ParseTeacherPost(absl::string_view line);

// Reads JSON Lines, plain or gzip, sorted by time, then id. NOT_FOUND when there is no such file; INVALID_ARGUMENT naming
// the line.
absl::StatusOr<std::vector<TeacherPost>> ReadTeacherPosts(const std::string& path);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_EVAL_TEACHER_POSTS_H_
