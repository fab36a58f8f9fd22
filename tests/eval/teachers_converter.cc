#include "tests/eval/teachers_converter.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "google/protobuf/timestamp.pb.h"
#include "service/base/limits.h"
#include "service/base/utf8.h"

namespace staffroom {
namespace {

using v1::ImportRecord;

constexpr absl::string_view kScheme = "https://";
constexpr absl::string_view kShortener = "https://t.co/";

// Where the next link begins and how long it is; {npos, 0} when there is none.
std::pair<size_t, size_t> FindLink(absl::string_view text) {
  const size_t begin = text.find(kShortener);
  if (begin == absl::string_view::npos) return {begin, 0};
  size_t end = begin + kShortener.size();
  while (end < text.size() && absl::ascii_isalnum(static_cast<unsigned char>(text[end]))) ++end;
  return {begin, end - begin};
}

std::string ResourceId(const std::string& link) { return link.substr(kScheme.size()); }

void SetTime(absl::Time time, google::protobuf::Timestamp* timestamp) {
  timestamp->set_seconds(absl::ToUnixSeconds(time));
}

class Converter {
 public:
  Converter(absl::Span<const TeacherPost> posts, const AccountPairs& held_back, absl::Time newest)
      : posts_(posts), held_back_(held_back) {
    if (!posts.empty()) shift_ = newest - posts.back().created_at;
    for (const TeacherPost& post : posts) {
      authors_.insert(post.author);
      by_id_[post.id] = &post;
    }
  }

  std::vector<ImportRecord> Convert() {
    for (const TeacherPost& post : posts_) {
      AddAccount(post);
      AddResources(post);
      AddPost(post);
      AddInteractions(post);
      said_[{post.conversation, post.author}] = &post;
    }
    std::vector<ImportRecord> records = std::move(accounts_);
    for (auto* const part : {&resources_, &converted_posts_, &interactions_}) {
      records.insert(records.end(), std::make_move_iterator(part->begin()), std::make_move_iterator(part->end()));
    }
    return records;
  }

 private:
  bool AnswersAnother(const TeacherPost& post) const {
    return post.reply_to != post.author && authors_.contains(post.reply_to);
  }
  bool AnswersHeldBack(const TeacherPost& post) const {
    return AnswersAnother(post) && held_back_.Contains(post.author, post.reply_to);
  }

  // The post that this one is taken to answer; null when none is, or the pair is held back.
  const TeacherPost* Answered(const TeacherPost& post) const {
    if (!AnswersAnother(post) || AnswersHeldBack(post)) return nullptr;
    if (const auto said = said_.find({post.conversation, post.reply_to}); said != said_.end()) return said->second;
    const auto root = by_id_.find(post.conversation);
    if (root == by_id_.end() || root->second->id == post.id) return nullptr;
    return held_back_.Contains(post.author, root->second->author) ? nullptr : root->second;
  }

  absl::Time Shifted(const TeacherPost& post) const { return post.created_at + shift_; }

  void AddAccount(const TeacherPost& post) {
    if (!arrived_.insert(post.author).second) return;
    v1::Account& account = *accounts_.emplace_back().mutable_account();
    account.set_id(post.author);
    account.set_kind(v1::Account::TEACHER);
    SetTime(Shifted(post), account.mutable_create_time());
  }

  void AddResources(const TeacherPost& post) {
    for (const std::string& link : LinksOf(post.text)) {
      if (!linked_.insert(link).second) continue;
      v1::Resource& resource = *resources_.emplace_back().mutable_resource();
      resource.set_id(ResourceId(link));
      resource.set_kind(v1::Resource::ARTICLE);
      resource.set_title(TitleFrom(post.text, limits::kTitleBytes));
      resource.set_url(link);
      SetTime(Shifted(post), resource.mutable_publish_time());
    }
  }

  void AddPost(const TeacherPost& source) {
    v1::Post& post = *converted_posts_.emplace_back().mutable_post();
    post.set_id(source.id);
    post.set_author_id(source.author);
    post.set_text(source.text);
    for (const std::string& link : LinksOf(source.text)) {
      if (post.resource_ids_size() < limits::kPostResources) post.add_resource_ids(ResourceId(link));
    }
    if (!AnswersHeldBack(source)) post.set_conversation_id(source.conversation);
    if (const TeacherPost* const answered = Answered(source)) post.set_in_reply_to(answered->id);
    SetTime(Shifted(source), post.mutable_create_time());
  }

  v1::Interaction& AddInteraction(const TeacherPost& post, v1::Interaction::Kind kind) {
    v1::Interaction& interaction = *interactions_.emplace_back().mutable_interaction();
    interaction.set_actor_id(post.author);
    interaction.set_kind(kind);
    SetTime(Shifted(post), interaction.mutable_event_time());
    return interaction;
  }

  void AddInteractions(const TeacherPost& post) {
    for (const std::string& link : LinksOf(post.text)) {
      v1::Interaction& share = AddInteraction(post, v1::Interaction::SHARE);
      share.set_resource_id(ResourceId(link));
      share.set_event_id(absl::StrCat("share ", post.id, " ", ResourceId(link)));
    }
    if (!AnswersAnother(post) || AnswersHeldBack(post)) return;
    if (followed_.insert({post.author, post.reply_to}).second) {
      AddInteraction(post, v1::Interaction::FOLLOW).set_account_id(post.reply_to);
    }
    if (const TeacherPost* const answered = Answered(post)) {
      v1::Interaction& reply = AddInteraction(post, v1::Interaction::REPLY);
      reply.set_post_id(answered->id);
      reply.set_event_id(absl::StrCat("reply ", post.id));
    }
  }

  const absl::Span<const TeacherPost> posts_;
  const AccountPairs& held_back_;
  absl::Duration shift_;
  absl::flat_hash_set<std::string> authors_;
  absl::flat_hash_map<std::string, const TeacherPost*> by_id_;

  // What the posts so far have brought.
  absl::flat_hash_set<std::string> arrived_;                                           // authors
  absl::flat_hash_set<std::string> linked_;                                            // links
  absl::flat_hash_set<std::pair<std::string, std::string>> followed_;                  // who, whom
  absl::flat_hash_map<std::pair<std::string, std::string>, const TeacherPost*> said_;  // conversation, author: latest
  std::vector<ImportRecord> accounts_, resources_, converted_posts_, interactions_;
};

}  // namespace

std::vector<std::string> LinksOf(absl::string_view text) {
  std::vector<std::string> links;
  for (auto [begin, length] = FindLink(text); length > 0; std::tie(begin, length) = FindLink(text)) {
    std::string link(text.substr(begin, length));
    text.remove_prefix(begin + length);
    const bool is_whole = link.size() > kShortener.size();
    if (is_whole && std::find(links.begin(), links.end(), link) == links.end()) links.push_back(std::move(link));
  }
  return links;
}

std::string TitleFrom(absl::string_view text, size_t bytes) {
  std::string words;
  for (auto [begin, length] = FindLink(text); length > 0; std::tie(begin, length) = FindLink(text)) {
    absl::StrAppend(&words, text.substr(0, begin));
    text.remove_prefix(begin + length);
  }
  absl::StrAppend(&words, text);
  absl::RemoveExtraAsciiWhitespace(&words);
  return std::string(Utf8Cut(words, bytes));
}

std::vector<ImportRecord> ConvertTeachers(absl::Span<const TeacherPost> posts, const AccountPairs& held_back,
                                          absl::Time newest) {
  return Converter(posts, held_back, newest).Convert();
}

}  // namespace staffroom
