#include "tests/chaos/tears.h"

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "storage/key_range.h"
#include "storage/keys.h"
#include "storage/record_codec.h"
#include "storage/record_io.h"
#include "storage/scan.h"

namespace staffroom {
namespace {

using storage::Family;
using storage::Item;
using Keys = std::set<std::string>;

constexpr size_t kLinesMax = 100;

class TearFinder {
 public:
  explicit TearFinder(const storage::Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::StatusOr<std::vector<std::string>> Find() {
    for (const auto step :
         {&TearFinder::ReadMeta, &TearFinder::ReadItems, &TearFinder::ReadPurges, &TearFinder::CompareItems,
          &TearFinder::CompareInteractions, &TearFinder::CompareVectors, &TearFinder::CompareRequests}) {
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    if (lines_.size() > kLinesMax) lines_.resize(kLinesMax);
    return std::move(lines_);
  }

 private:
  template <typename... Parts>
  void Say(const Parts&... parts) {
    lines_.push_back(absl::StrCat(parts...));
  }

  absl::Status ReadMeta() {
    const absl::StatusOr<absl::optional<storage::Meta>> meta = storage::GetMeta(snapshot_);
    if (!meta.ok()) return meta.status();
    if (!meta->has_value()) return absl::DataLossError("the store has no meta");
    meta_ = **meta;
    return absl::OkStatus();
  }

  template <typename Record>
  void ReadItem(storage::ItemKind kind, const Record& record, uint32_t next_ordinal) {
    items_.insert({kind, record.ordinal()});
    id_keys_.insert(storage::IdKey(kind, record.id()) + storage::EncodeOrdinal(record.ordinal()));
    if (record.ordinal() >= next_ordinal) {
      Say("kind ", kind, " ordinal ", record.ordinal(), ": the counter stands at ", next_ordinal);
    }
  }

  absl::Status ReadItems() {
    absl::Status status = storage::ScanAccounts(snapshot_, [this](const storage::AccountRecord& record) {
      ReadItem(storage::ITEM_ACCOUNT, record, meta_.next_account);
      return absl::OkStatus();
    });
    status.Update(storage::ScanPosts(snapshot_, [this](const storage::PostRecord& record) {
      ReadItem(storage::ITEM_POST, record, meta_.next_post);
      if (record.author() != 0) by_author_keys_.insert(storage::PostByAuthorKey({record.author(), record.ordinal()}));
      authors_.insert(record.author());
      return absl::OkStatus();
    }));
    status.Update(storage::ScanResources(snapshot_, [this](const storage::ResourceRecord& record) {
      ReadItem(storage::ITEM_RESOURCE, record, meta_.next_resource);
      resource_accounts_.insert(record.author());
      resource_accounts_.insert(record.publisher());
      return absl::OkStatus();
    }));
    return status;
  }

  absl::Status ReadPurges() {
    return storage::ScanPurges(snapshot_, [this](const Item& item, int64_t) {
      purges_.insert({item.kind, item.ordinal});
      return absl::OkStatus();
    });
  }

  // Whether something may still refer to the item.
  bool IsKnown(const Item& item) const {
    return items_.contains({item.kind, item.ordinal}) || purges_.contains({item.kind, item.ordinal});
  }
  void CheckKnown(absl::string_view who, const Item& item) {
    if (!IsKnown(item))
      Say(who, " names kind ", item.kind, " ordinal ", item.ordinal, ", which is neither there nor purged");
  }

  // Every key of `family`, with its value behind it where `with_values`.
  absl::StatusOr<Keys> KeysOf(Family family, bool with_values = false) const {
    Keys keys;
    const absl::Status status = storage::ScanEntries(
        snapshot_, family, storage::KeyRange{}, [&](absl::string_view key, absl::string_view value) {
          keys.insert(with_values ? absl::StrCat(key, value) : std::string(key));
          return absl::OkStatus();
        });
    if (!status.ok()) return status;
    return keys;
  }

  // `expected` is what the records say that the index `family` holds.
  absl::Status CompareIndex(Family family, const Keys& expected, bool with_values = false) {
    const absl::StatusOr<Keys> actual = KeysOf(family, with_values);
    if (!actual.ok()) return actual.status();
    for (const std::string& key : expected) {
      if (actual->count(key) == 0) Say(storage::FamilyName(family), " lacks ", absl::BytesToHexString(key));
    }
    for (const std::string& key : *actual) {
      if (expected.count(key) == 0)
        Say(storage::FamilyName(family), " has ", absl::BytesToHexString(key), " of no record");
    }
    return absl::OkStatus();
  }

  absl::Status CompareItems() {
    absl::Status status = CompareIndex(Family::kIds, id_keys_, /*with_values=*/true);
    status.Update(CompareIndex(Family::kPostsByAuthor, by_author_keys_));
    for (const uint32_t author : authors_) {
      if (author != 0) CheckKnown("a post", {storage::ITEM_ACCOUNT, author});
    }
    for (const uint32_t account : resource_accounts_) {
      if (account != 0) CheckKnown("a resource", {storage::ITEM_ACCOUNT, account});
    }
    return status;
  }

  void CheckInteraction(const storage::InteractionRecord& record) {
    CheckKnown("an interaction", {storage::ITEM_ACCOUNT, record.actor()});
    CheckKnown("an interaction", {record.target_kind(), record.target()});
    if (record.revision() > meta_.revision) {
      Say("an interaction is of revision ", record.revision(), ", the store of ", meta_.revision);
    }
  }

  absl::Status CompareInteractions() {
    Keys by_target;
    absl::Status status = storage::ScanEdges(snapshot_, [&](const storage::InteractionRecord& record) {
      by_target.insert(storage::EdgeByTargetKey(storage::EdgeNameOf(record)));
      CheckInteraction(record);
      return absl::OkStatus();
    });
    status.Update(CompareIndex(Family::kEdgesByTarget, by_target));
    by_target.clear();
    status.Update(storage::ScanEvents(snapshot_, [&](const storage::InteractionRecord& record) {
      by_target.insert(
          storage::EventByTargetKey({{record.target_kind(), record.target()}, storage::EventNameOf(record)}));
      CheckInteraction(record);
      return absl::OkStatus();
    }));
    status.Update(CompareIndex(Family::kEventsByTarget, by_target));
    return status;
  }

  absl::Status CompareVectors() {
    return storage::ScanVectors(snapshot_, [this](const Item& item, const storage::VectorRecord&) {
      CheckKnown("a vector", item);
      return absl::OkStatus();
    });
  }

  absl::Status CompareRequests() {
    Keys named_by_time;
    const absl::Status status = storage::ScanEntries(
        snapshot_, Family::kIdempotencyByTime, storage::KeyRange{}, [&](absl::string_view key, absl::string_view) {
          const absl::StatusOr<storage::TimedRequestName> name = storage::ParseIdempotencyByTimeKey(key);
          if (name.ok()) named_by_time.insert(storage::IdempotencyKey(name->request));
          return name.status();
        });
    if (!status.ok()) return status;
    return CompareIndex(Family::kIdempotency, named_by_time);
  }

  using KindAndOrdinal = std::pair<int, uint32_t>;

  const storage::Snapshot& snapshot_;
  storage::Meta meta_;
  absl::flat_hash_set<KindAndOrdinal> items_, purges_;
  absl::flat_hash_set<uint32_t> authors_;            // of posts
  absl::flat_hash_set<uint32_t> resource_accounts_;  // authors and publishers of resources
  Keys id_keys_, by_author_keys_;
  std::vector<std::string> lines_;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> FindTears(const storage::Snapshot& snapshot) {
  return TearFinder(snapshot).Find();
}

}  // namespace staffroom
