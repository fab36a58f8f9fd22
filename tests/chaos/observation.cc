#include "tests/chaos/observation.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "tests/chaos/content.h"
#include "tests/chaos/tears.h"

namespace staffroom {
namespace {

class Observer {
 public:
  explicit Observer(const storage::Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::StatusOr<Observation> Observe() {
    absl::StatusOr<std::vector<std::string>> tears = FindTears(snapshot_);
    if (!tears.ok()) return tears.status();
    seen_.tears = *std::move(tears);
    for (const auto step : {&Observer::SeeMeta, &Observer::SeeVectors, &Observer::SeeAccounts, &Observer::SeePosts,
                            &Observer::SeeResources, &Observer::SeeEdges, &Observer::SeeEvents}) {
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    return std::move(seen_);
  }

 private:
  absl::Status SeeMeta() {
    const auto meta = storage::GetMeta(snapshot_);
    if (!meta.ok()) return meta.status();
    seen_.revision = meta->value().revision;  // FindTears has refused a store without
    return absl::OkStatus();
  }

  absl::Status SeeVectors() {
    return storage::ScanVectors(snapshot_, [this](const storage::Item& item, const storage::VectorRecord& vector) {
      if (vector.field() == storage::BIO || vector.field() == storage::TEXT || vector.field() == storage::TITLE)
        ++texts_[{item.kind, item.ordinal}];
      return absl::OkStatus();
    });
  }

  // `version` 0: the fields of the record do not fit together.
  void See(const std::string& key, int64_t version, storage::ItemKind kind, uint32_t ordinal) {
    seen_.values[key] = version;
    if (version == 0) seen_.tears.push_back(absl::StrCat(key, " mixes versions or lacks a field"));
    if (!texts_.contains({kind, ordinal})) seen_.tears.push_back(absl::StrCat(key, " has no vector of its text"));
  }

  absl::Status SeeAccounts() {
    return storage::ScanAccounts(snapshot_, [this](const storage::AccountRecord& record) {
      accounts_[record.ordinal()] = record.id();
      See(AccountKey(record.id()), AccountVersion(record), storage::ITEM_ACCOUNT, record.ordinal());
      return absl::OkStatus();
    });
  }

  absl::Status SeePosts() {
    return storage::ScanPosts(snapshot_, [this](const storage::PostRecord& record) {
      posts_[record.ordinal()] = record.id();
      See(PostKey(record.id()), PostVersion(record), storage::ITEM_POST, record.ordinal());
      return absl::OkStatus();
    });
  }

  absl::Status SeeResources() {
    return storage::ScanResources(snapshot_, [this](const storage::ResourceRecord& record) {
      See(ResourceKey(record.id()), ResourceVersion(record), storage::ITEM_RESOURCE, record.ordinal());
      return absl::OkStatus();
    });
  }

  absl::Status SeeEvents() {
    return storage::ScanEvents(snapshot_, [this](const storage::InteractionRecord& record) {
      const auto actor = accounts_.find(record.actor());
      if (actor == accounts_.end() || !posts_.contains(record.target())) return absl::OkStatus();
      if (record.kind() == storage::READ) seen_.values[ReadKey(actor->second, record.event_id())] = 1;
      return absl::OkStatus();
    });
  }

  absl::Status SeeEdges() {
    return storage::ScanEdges(snapshot_, [this](const storage::InteractionRecord& record) {
      const auto actor = accounts_.find(record.actor());
      auto& targets = record.target_kind() == storage::ITEM_POST ? posts_ : accounts_;
      const auto target = targets.find(record.target());
      // What is being purged has no name any more.
      if (record.deleted() || actor == accounts_.end() || target == targets.end()) return absl::OkStatus();
      if (record.kind() == storage::FOLLOW) seen_.values[FollowKey(actor->second, target->second)] = 1;
      if (record.kind() == storage::LIKE) seen_.values[LikeKey(actor->second, target->second)] = 1;
      return absl::OkStatus();
    });
  }

  const storage::Snapshot& snapshot_;
  Observation seen_;
  absl::flat_hash_map<uint32_t, std::string> accounts_, posts_;  // ids by ordinal
  absl::flat_hash_map<std::pair<int, uint32_t>, int> texts_;     // by kind and ordinal
};

}  // namespace

int64_t Observation::ValueOf(const std::string& key) const {
  const auto found = values.find(key);
  return found == values.end() ? 0 : found->second;
}

absl::StatusOr<Observation> Observe(const storage::Snapshot& snapshot) { return Observer(snapshot).Observe(); }

}  // namespace staffroom
