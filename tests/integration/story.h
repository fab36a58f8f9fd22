#ifndef STAFFROOM_TESTS_INTEGRATION_STORY_H_
#define STAFFROOM_TESTS_INTEGRATION_STORY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "staffroom/v1/import_record.pb.h"
#include "tests/integration/community.h"

namespace staffroom {

// A small community told record by record, for a Community or for a server to take in.
class Story {
 public:
  v1::Account& Account(const std::string& id, v1::Account::Kind kind = v1::Account::TEACHER) {
    v1::Account& account = *records_.emplace_back().mutable_account();
    account.set_id(id);
    account.set_kind(kind);
    return account;
  }
  v1::Post& Post(const std::string& id, const std::string& author) {
    v1::Post& post = *records_.emplace_back().mutable_post();
    post.set_id(id);
    post.set_author_id(author);
    return post;
  }
  v1::Resource& Resource(const std::string& id, const std::string& author = "") {
    v1::Resource& resource = *records_.emplace_back().mutable_resource();
    resource.set_id(id);
    resource.set_kind(v1::Resource::ARTICLE);
    resource.set_author_id(author);
    return resource;
  }
  void Act(const std::string& actor, v1::Interaction::Kind kind, const Thing& target, absl::Time time) {
    Fill(*records_.emplace_back().mutable_interaction(), actor, kind, target, time);
  }
  void TakeBack(const std::string& actor, v1::Interaction::Kind kind, const Thing& target, absl::Time time) {
    Fill(*records_.emplace_back().mutable_deleted_interaction(), actor, kind, target, time);
  }
  // The records as told, to be changed at will; references given before end with the next record.
  std::vector<v1::ImportRecord>& records() { return records_; }

 private:
  static void Fill(v1::Interaction& interaction, const std::string& actor, v1::Interaction::Kind kind,
                   const Thing& target, absl::Time time) {
    interaction.set_actor_id(actor);
    interaction.set_kind(kind);
    if (target.kind == v1::ItemKind::ACCOUNT) interaction.set_account_id(target.id);
    if (target.kind == v1::ItemKind::POST) interaction.set_post_id(target.id);
    if (target.kind == v1::ItemKind::RESOURCE) interaction.set_resource_id(target.id);
    interaction.mutable_event_time()->set_seconds(absl::ToUnixSeconds(time));
  }

  std::vector<v1::ImportRecord> records_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_STORY_H_
