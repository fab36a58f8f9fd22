#ifndef STAFFROOM_TESTS_SUPPORT_RANDOM_JOURNAL_H_
#define STAFFROOM_TESTS_SUPPORT_RANDOM_JOURNAL_H_

#include <cstdint>
#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/records.pb.h"
#include "tests/support/mutations.h"

namespace staffroom {

// Random mutations that a caller could send. Link staffroom_records.
// Few names, so that mutations meet: duplicates, stale ones, stubs that arrive later, deletions of what is in use.
// `world`: begins every id, so that journals of different worlds do not meet.
class RandomJournal {
 public:
  explicit RandomJournal(uint32_t seed, std::string world = "") : random_(seed), world_(std::move(world)) {}

  storage::Mutation Next() {
    storage::Mutation mutation = Draw();
    if (Below(5) == 0) {
      const uint32_t name = Below(40);
      mutation = WithRequestId(std::move(mutation), absl::StrCat(world_, "r", name), name % 7);
    }
    return mutation;
  }

 private:
  uint32_t Below(uint32_t bound) { return std::uniform_int_distribution<uint32_t>(0, bound - 1)(random_); }
  std::string AccountId() { return absl::StrCat(world_, "a", Below(12)); }
  std::string PostId() { return absl::StrCat(world_, "p", Below(15)); }
  std::string ResourceId() { return absl::StrCat(world_, "r", Below(8)); }

  storage::Mutation Draw() {
    const bool stubs = Below(4) != 0;
    switch (Below(10)) {
      case 0:
        return WithVector(UpsertAccount(AccountId(), Account()), storage::BIO);
      case 1:
        return Post(stubs);
      case 2:
        return Resource(stubs);
      case 3:
        return MaskedAccount();
      case 4:
        return Below(3) == 0 ? DeleteSomething() : Interaction(stubs);
      case 5: {
        const auto [kind, target_kind, target] = KindAndTarget();
        storage::Mutation mutation =
            Unwrite(AccountId(), kind, target_kind, target, Below(3) == 0 ? 0 : 1000 + Below(60));
        mutation.mutable_delete_interaction()->mutable_record()->set_event_id(EventId(kind));
        return mutation;
      }
      default:
        return Interaction(stubs);
    }
  }

  storage::AccountRecord Account() {
    storage::AccountRecord record;
    record.set_display_name(absl::StrCat("name ", Below(3)));
    record.set_exposure(static_cast<storage::Exposure>(Below(5)));
    record.set_follows_visibility(static_cast<storage::FollowsVisibility>(Below(3)));
    record.set_profiling(static_cast<storage::Profiling>(Below(3)));
    record.add_interests(absl::StrCat("word", Below(5)));
    record.mutable_mentor_offer()->set_weekly_capacity(static_cast<int>(Below(3)));
    return record;
  }

  storage::Mutation Post(bool stubs) {
    storage::Mutation mutation = UpsertPost(PostId(), AccountId(), stubs);
    storage::Mutation::UpsertPost* body = mutation.mutable_upsert_post();
    body->mutable_record()->add_tags(absl::StrCat("word", Below(5)));
    if (Below(3) == 0) body->set_in_reply_to_id(PostId());
    if (Below(3) == 0) body->add_resource_ids(ResourceId());
    if (Below(3) == 0) {
      for (const char* field : {"tags", "in_reply_to", "text"}) {
        if (Below(2) == 0) body->add_mask(field);
      }
    }
    return WithVector(std::move(mutation), storage::TEXT);
  }

  storage::Mutation Resource(bool stubs) {
    storage::Mutation mutation = UpsertResource(ResourceId(), Below(2) == 0 ? AccountId() : "", stubs);
    if (Below(2) == 0) mutation.mutable_upsert_resource()->set_publisher_id(AccountId());
    if (Below(4) == 0) mutation.mutable_upsert_resource()->add_mask("publisher");
    return WithVector(std::move(mutation), storage::TITLE);
  }

  // Of four dimensions, by the encoder "test"; at times none, which takes away the one that was there.
  storage::Mutation WithVector(storage::Mutation mutation, storage::TextField field) {
    if (Below(3) == 0) return mutation;
    const float values[] = {1.0f, static_cast<float>(Below(3)), 0.0f, static_cast<float>(Below(3))};
    storage::VectorRecord* vector = mutation.add_vectors();
    vector->set_field(field);
    vector->set_model_id("test");
    vector->set_values(reinterpret_cast<const char*>(values), sizeof(values));
    if (Below(2) == 0) return mutation;
    vector->mutable_other()->set_model_id(Below(4) == 0 ? "third" : "next");  // as while one takes over from another
    vector->mutable_other()->set_values(vector->values());
    return mutation;
  }

  // Empty for a state, and for an event that is named by what it says.
  std::string EventId(storage::InteractionKind kind) {
    return kind >= storage::IMPRESSION && Below(3) == 0 ? absl::StrCat("e", Below(6)) : "";
  }

  storage::Mutation MaskedAccount() {
    storage::Mutation mutation = UpsertAccount(AccountId(), Account());
    mutation.mutable_upsert_account()->add_mask(Below(2) == 0 ? "exposure" : "interests");
    return mutation;
  }

  storage::Mutation DeleteSomething() {
    switch (Below(3)) {
      case 0:
        return Delete(storage::ITEM_ACCOUNT, AccountId());
      case 1:
        return Delete(storage::ITEM_POST, PostId());
      default:
        return Delete(storage::ITEM_RESOURCE, ResourceId());
    }
  }

  struct Pointed {
    storage::InteractionKind kind;
    storage::ItemKind target_kind;
    std::string target;
  };
  Pointed KindAndTarget() {
    static constexpr storage::InteractionKind kToAccounts[] = {
        storage::FOLLOW,        storage::FOLLOW,         storage::BLOCK,  storage::MUTE, storage::JOIN,
        storage::MENTOR_ACCEPT, storage::MENTOR_REQUEST, storage::REPORT, storage::REPLY};
    static constexpr storage::InteractionKind kToItems[] = {storage::LIKE,   storage::SAVE,   storage::READ,
                                                            storage::REPORT, storage::REPLY,  storage::IMPRESSION,
                                                            storage::SHARE,  storage::DISMISS};
    switch (Below(3)) {
      case 0:
        return {kToAccounts[Below(9)], storage::ITEM_ACCOUNT, AccountId()};
      case 1:
        return {kToItems[Below(8)], storage::ITEM_POST, PostId()};
      default:
        return {kToItems[Below(8)], storage::ITEM_RESOURCE, ResourceId()};
    }
  }

  storage::Mutation Interaction(bool stubs) {
    const auto [kind, target_kind, target] = KindAndTarget();
    storage::Mutation mutation =
        Write(AccountId(), kind, target_kind, target, Below(3) == 0 ? 0 : 1000 + Below(60), stubs);
    storage::InteractionRecord* record = mutation.mutable_write_interaction()->mutable_record();
    record->set_attributed(Below(4) == 0);
    record->set_event_id(EventId(kind));
    return mutation;
  }

  std::mt19937 random_;
  const std::string world_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_RANDOM_JOURNAL_H_
