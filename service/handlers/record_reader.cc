#include "service/handlers/record_reader.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/converters/post_converter.h"
#include "service/converters/resource_converter.h"
#include "service/tokens/revision.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

using Ordinals = std::vector<uint32_t>;

// Reads the records of `ordinals`, each once, and gives the id of each.
template <typename Read>
class Ids {
 public:
  Ids(const storage::Snapshot& snapshot, Read read) : snapshot_(snapshot), read_(read) {}

  void Want(uint32_t ordinal) {
    if (ordinal != 0) wanted_.push_back(ordinal);
  }

  absl::Status Load() {
    std::sort(wanted_.begin(), wanted_.end());
    wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
    auto records = read_(snapshot_, wanted_);
    if (!records.ok()) return records.status();
    for (size_t i = 0; i < wanted_.size(); ++i) {
      if ((*records)[i].has_value()) ids_.emplace(wanted_[i], (*records)[i]->id());
    }
    return absl::OkStatus();
  }

  // "" for 0 and for what is gone.
  std::string Of(uint32_t ordinal) const {
    const auto found = ids_.find(ordinal);
    return found == ids_.end() ? std::string() : found->second;
  }

 private:
  const storage::Snapshot& snapshot_;
  const Read read_;
  Ordinals wanted_;
  absl::flat_hash_map<uint32_t, std::string> ids_;
};

// What is there and no stub.
template <typename Record>
std::vector<Record> Standing(std::vector<absl::optional<Record>> found) {
  std::vector<Record> standing;
  for (absl::optional<Record>& record : found) {
    if (record.has_value() && !record->stub()) standing.push_back(*std::move(record));
  }
  return standing;
}

}  // namespace

absl::StatusOr<RecordReader> RecordReader::Open(const storage::Store& store) {
  std::unique_ptr<storage::Snapshot> snapshot = store.TakeSnapshot();
  const absl::StatusOr<absl::optional<storage::Meta>> meta = storage::GetMeta(*snapshot);
  if (!meta.ok()) return meta.status();
  return RecordReader(std::move(snapshot), meta->value_or(storage::Meta()));
}

std::string RecordReader::revision() const { return FormatRevision({meta_.epoch, meta_.revision}); }

absl::StatusOr<uint32_t> RecordReader::Find(storage::ItemKind kind, absl::string_view id) const {
  const absl::StatusOr<absl::optional<uint32_t>> found = storage::FindOrdinal(*snapshot_, kind, id);
  if (!found.ok()) return found.status();
  return found->value_or(0);
}

absl::StatusOr<std::vector<storage::AccountRecord>> RecordReader::Accounts(absl::Span<const uint32_t> ordinals) const {
  absl::StatusOr<std::vector<absl::optional<storage::AccountRecord>>> found =
      storage::GetAccounts(*snapshot_, ordinals);
  if (!found.ok()) return found.status();
  return Standing(*std::move(found));
}

absl::StatusOr<std::vector<v1::Post>> RecordReader::Posts(absl::Span<const uint32_t> ordinals) const {
  absl::StatusOr<std::vector<absl::optional<storage::PostRecord>>> found = storage::GetPosts(*snapshot_, ordinals);
  if (!found.ok()) return found.status();
  const std::vector<storage::PostRecord> records = Standing(*std::move(found));
  Ids accounts(*snapshot_, storage::GetAccounts);
  Ids posts(*snapshot_, storage::GetPosts);
  Ids resources(*snapshot_, storage::GetResources);
  for (const storage::PostRecord& record : records) {
    accounts.Want(record.author());
    posts.Want(record.in_reply_to());
    for (const uint32_t resource : record.resources()) resources.Want(resource);
  }
  for (const absl::Status& status : {accounts.Load(), posts.Load(), resources.Load()}) {
    if (!status.ok()) return status;
  }
  std::vector<v1::Post> messages;
  for (const storage::PostRecord& record : records) {
    PostNames names;
    names.author_id = accounts.Of(record.author());
    if (names.author_id.empty()) continue;
    names.in_reply_to = posts.Of(record.in_reply_to());
    for (const uint32_t resource : record.resources()) names.resource_ids.push_back(resources.Of(resource));
    messages.push_back(ToMessage(record, names));
  }
  return messages;
}

absl::StatusOr<std::vector<v1::Resource>> RecordReader::Resources(absl::Span<const uint32_t> ordinals) const {
  absl::StatusOr<std::vector<absl::optional<storage::ResourceRecord>>> found =
      storage::GetResources(*snapshot_, ordinals);
  if (!found.ok()) return found.status();
  const std::vector<storage::ResourceRecord> records = Standing(*std::move(found));
  Ids accounts(*snapshot_, storage::GetAccounts);
  for (const storage::ResourceRecord& record : records) {
    accounts.Want(record.author());
    accounts.Want(record.publisher());
  }
  if (absl::Status status = accounts.Load(); !status.ok()) return status;
  std::vector<v1::Resource> messages;
  for (const storage::ResourceRecord& record : records) {
    messages.push_back(ToMessage(record, {accounts.Of(record.author()), accounts.Of(record.publisher())}));
  }
  return messages;
}

}  // namespace staffroom
