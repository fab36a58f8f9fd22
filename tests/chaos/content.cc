#include "tests/chaos/content.h"

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"

namespace staffroom {
namespace {

constexpr std::array<const char*, 5> kWords = {"fractions", "pendulums", "rivers", "poetry", "choirs"};

const char* Word(int64_t number) { return kWords[static_cast<size_t>(number) % kWords.size()]; }

}  // namespace

v1::Account AccountOf(const std::string& id, int64_t version) {
  v1::Account account;
  account.set_id(id);
  account.set_kind(v1::Account::TEACHER);
  account.set_display_name(absl::StrCat("v", version));
  account.set_bio(absl::StrCat("I am ", id, " for the time number ", version, " and teach ", Word(version)));
  for (int64_t i = 0; i <= version % 4; ++i) account.add_interests(absl::StrCat(Word(version + i), " ", version));
  account.add_tags(absl::StrCat("tag ", version));
  account.set_region(absl::StrCat("GB-", version % 100));
  return account;
}

v1::Post PostOf(const std::string& id, const std::string& author_id, int64_t version) {
  v1::Post post;
  post.set_id(id);
  post.set_author_id(author_id);
  post.set_text(absl::StrCat("This is ", id, " written ", version, " times about ", Word(version)));
  post.add_tags(absl::StrCat("tag ", version));
  post.set_conversation_id(absl::StrCat("v", version));
  return post;
}

v1::Resource ResourceOf(const std::string& id, const std::string& author_id, int64_t version) {
  v1::Resource resource;
  resource.set_id(id);
  resource.set_kind(v1::Resource::ARTICLE);
  resource.set_author_id(author_id);
  resource.set_title(absl::StrCat(id, ", edition ", version));
  resource.set_summary(absl::StrCat("Edition ", version, " of ", id, " is about ", Word(version)));
  resource.add_tags(absl::StrCat("tag ", version));
  resource.set_url(absl::StrCat("v", version));
  return resource;
}

std::string AccountKey(const std::string& id) { return absl::StrCat("account ", id); }
std::string PostKey(const std::string& id) { return absl::StrCat("post ", id); }
std::string FollowKey(const std::string& actor, const std::string& account) {
  return absl::StrCat("follow ", actor, " ", account);
}
std::string LikeKey(const std::string& actor, const std::string& post) {
  return absl::StrCat("like ", actor, " ", post);
}

std::string ResourceKey(const std::string& id) { return absl::StrCat("resource ", id); }
std::string ReadKey(const std::string& actor, const std::string& event_id) {
  return absl::StrCat("read ", actor, " ", event_id);
}

}  // namespace staffroom
