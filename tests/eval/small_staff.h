#ifndef STAFFROOM_TESTS_EVAL_SMALL_STAFF_H_
#define STAFFROOM_TESTS_EVAL_SMALL_STAFF_H_

#include <string>

#include "absl/time/time.h"
#include "tests/eval/teacher_posts.h"

namespace staffroom {

// The `minute`-th minute of the made-up data.
inline absl::Time Minute(int minute) { return absl::FromUnixSeconds(1'600'000'000) + absl::Minutes(minute); }

// A post with an id, written in that minute.
inline TeacherPost PostBy(const std::string& author, const std::string& id, int minute) {
  return {
      .id = id, .author = author, .created_at = Minute(minute), .text = "Words", .conversation = id, .reply_to = ""};
}

inline TeacherPost ReplyBy(const std::string& author, const std::string& id, int minute, const std::string& reply_to,
                           const std::string& conversation) {
  TeacherPost post = PostBy(author, id, minute);
  post.reply_to = reply_to;
  post.conversation = conversation;
  return post;
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_EVAL_SMALL_STAFF_H_
