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
class RandomJournal {
 public:
  explicit RandomJournal(uint32_t seed) : random_(seed) {}

  storage::Mutation Next() {
    storage::Mutation mutation = Draw();
    if (Below(5) == 0) {
      const uint32_t name = Below(40);
      mutation = WithRequestId(std::move(mutation), absl::StrCat("r", name), name % 7);
    }
    return mutation;
  }

 private:
  uint32_t Below(uint32_t bound) { return std::uniform_int_distribution<uint32_t>(0, bound - 1)(random_); }
  std::string AccountId() { return absl::StrCat("a", Below(12)); }
  std::string PostId() { return absl::StrCat("p", Below(15)); }
  std::string ResourceId() { return absl::StrCat("r", Below(8)); }

  storage::Mutation Draw() {
    const bool stubs = Below(4) != 0;
    switch (Below(10)) {
      case 0:
        return UpsertAccount(AccountId(), Account());
      case 1:
        return UpsertPost(PostId(), AccountId(), stubs);
      case 2:
        return UpsertResource(ResourceId(), Below(2) == 0 ? AccountId() : "", stubs);
      case 3:
        return MaskedAccount();
      case 4:
        return Below(3) == 0 ? DeleteSomething() : Interaction(stubs);
      case 5: {
        const auto [kind, target_kind, target] = KindAndTarget();
        return Unwrite(AccountId(), kind, target_kind, target, Below(3) == 0 ? 0 : 1000 + Below(60));
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
    static constexpr storage::InteractionKind kToAccounts[] = {storage::FOLLOW, storage::FOLLOW, storage::BLOCK,
                                                               storage::MUTE,   storage::JOIN,   storage::MENTOR_ACCEPT,
                                                               storage::REPORT, storage::REPLY};
    static constexpr storage::InteractionKind kToItems[] = {storage::LIKE,   storage::SAVE,   storage::READ,
                                                            storage::REPORT, storage::REPLY,  storage::IMPRESSION,
                                                            storage::SHARE,  storage::DISMISS};
    switch (Below(3)) {
      case 0:
        return {kToAccounts[Below(8)], storage::ITEM_ACCOUNT, AccountId()};
      case 1:
        return {kToItems[Below(8)], storage::ITEM_POST, PostId()};
      default:
        return {kToItems[Below(8)], storage::ITEM_RESOURCE, ResourceId()};
    }
  }

  storage::Mutation Interaction(bool stubs) {
    const auto [kind, target_kind, target] = KindAndTarget();
    return Write(AccountId(), kind, target_kind, target, Below(3) == 0 ? 0 : 1000 + Below(60), stubs);
  }

  std::mt19937 random_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_RANDOM_JOURNAL_H_
