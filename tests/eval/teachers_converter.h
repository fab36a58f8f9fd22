// Turns the posts of the science teachers into what a platform would have sent to Staffroom.
//
//   every author          a TEACHER account, joined with its first post; all accounts first
//   a link in a text      an ARTICLE resource (id: the link without its scheme; title: the words of the first post that
//                         shared it, the data says nothing else about it), `resource_ids` of the post, a SHARE of its author
//   every post            a post, with its conversation
//   a reply to another    a FOLLOW of the author who was answered, at the time of the first such reply; and a REPLY (and
//   author of the set     in_reply_to) to that author's latest earlier post of the conversation, else to the post that
//                         the conversation began with, else to nothing: the data names the author, not the post
//
// Times are moved together, so that the newest post is as old as the caller wishes.
//
// What of a held-back pair is removed, in both directions: the FOLLOW, and for each post in which one answers the other the
// REPLY, in_reply_to and conversation_id (a thread that only the two were in would name the other). Also a REPLY and in_reply_to
// that would fall back to the other's post although a third author was answered. What stays, because a platform would have
// it too and none of it says that the two spoke: the posts with their words, the links both shared, the threads in which
// both answered others.
#ifndef STAFFROOM_TESTS_EVAL_TEACHERS_CONVERTER_H_
#define STAFFROOM_TESTS_EVAL_TEACHERS_CONVERTER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "staffroom/v1/import_record.pb.h"
#include "tests/eval/held_back.h"
#include "tests/eval/teacher_posts.h"

namespace staffroom {

// The records in an order in which each names only what stands above it: accounts, resources, posts, interactions.
// `posts` is sorted by time. `newest` is where the time of the last post goes.
std::vector<v1::ImportRecord> ConvertTeachers(absl::Span<const TeacherPost> posts, const AccountPairs& held_back,
                                              absl::Time newest);

// The distinct shortened links (https://t.co/…) of a text, in order.
std::vector<std::string> LinksOf(absl::string_view text);

// The text without its links and the blanks around them, at most `bytes` long, cut between characters.
std::string TitleFrom(absl::string_view text, size_t bytes);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_EVAL_TEACHERS_CONVERTER_H_
