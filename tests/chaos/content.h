// What the chaos clients write. Every field of a thing follows from its id and a version, so that a record which mixes two
// versions, or lacks a part, shows itself.
#ifndef STAFFROOM_TESTS_CHAOS_CONTENT_H_
#define STAFFROOM_TESTS_CHAOS_CONTENT_H_

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "staffroom/v1/account.pb.h"
#include "staffroom/v1/post.pb.h"
#include "staffroom/v1/resource.pb.h"

namespace staffroom {

v1::Account AccountOf(const std::string& id, int64_t version);
v1::Post PostOf(const std::string& id, const std::string& author_id, int64_t version);
v1::Resource ResourceOf(const std::string& id, const std::string& author_id, int64_t version);

// The version that all fields agree on; 0 when they do not, so the record is torn. `Account` is the contract's or the store's.
template <typename Account>
int64_t AccountVersion(const Account& account);
template <typename Post>
int64_t PostVersion(const Post& post);
template <typename Resource>
int64_t ResourceVersion(const Resource& resource);

// The names of the ledger's keys.
std::string AccountKey(const std::string& id);
std::string PostKey(const std::string& id);
std::string FollowKey(const std::string& actor, const std::string& account);
std::string LikeKey(const std::string& actor, const std::string& post);
std::string ResourceKey(const std::string& id);
std::string ReadKey(const std::string& actor, const std::string& event_id);

namespace content_internal {

inline int64_t ParseVersion(absl::string_view word) {
  int64_t version = 0;
  return absl::ConsumePrefix(&word, "v") && absl::SimpleAtoi(word, &version) && version > 0 ? version : 0;
}

template <typename Words>
bool Equal(const Words& one, const google::protobuf::RepeatedPtrField<std::string>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end());
}

}  // namespace content_internal

template <typename Account>
int64_t AccountVersion(const Account& account) {
  const int64_t version = content_internal::ParseVersion(account.display_name());
  if (version == 0) return 0;
  const v1::Account whole = AccountOf(account.id(), version);
  const bool is_whole = account.bio() == whole.bio() && account.region() == whole.region() &&
                        content_internal::Equal(account.interests(), whole.interests()) &&
                        content_internal::Equal(account.tags(), whole.tags());
  return is_whole ? version : 0;
}

template <typename Post>
int64_t PostVersion(const Post& post) {
  const int64_t version = content_internal::ParseVersion(post.conversation_id());
  if (version == 0) return 0;
  const v1::Post whole = PostOf(post.id(), "", version);
  return post.text() == whole.text() && content_internal::Equal(post.tags(), whole.tags()) ? version : 0;
}

template <typename Resource>
int64_t ResourceVersion(const Resource& resource) {
  const int64_t version = content_internal::ParseVersion(resource.url());
  if (version == 0) return 0;
  const v1::Resource whole = ResourceOf(resource.id(), "", version);
  const bool is_whole = resource.title() == whole.title() && resource.summary() == whole.summary() &&
                        content_internal::Equal(resource.tags(), whole.tags());
  return is_whole ? version : 0;
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CHAOS_CONTENT_H_
