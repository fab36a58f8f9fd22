#ifndef STAFFROOM_STORAGE_ITEM_IO_H_
#define STAFFROOM_STORAGE_ITEM_IO_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "storage/records.pb.h"
#include "storage/store.h"
#include "storage/write_batch.h"

// Accounts, posts and resources, their ids, and the posts of an author.
namespace staffroom::storage {

// REQUIRES: id and ordinal are set. A post whose author changes must be deleted as it was before it is put as it is.
void PutAccount(WriteBatch* batch, const AccountRecord& record);
void PutPost(WriteBatch* batch, const PostRecord& record);
void PutResource(WriteBatch* batch, const ResourceRecord& record);

// `record` as it was put: its id, ordinal and author say what to remove.
void DeleteAccount(WriteBatch* batch, const AccountRecord& record);
void DeletePost(WriteBatch* batch, const PostRecord& record);
void DeleteResource(WriteBatch* batch, const ResourceRecord& record);

absl::StatusOr<absl::optional<AccountRecord>> GetAccount(const Snapshot& snapshot, uint32_t ordinal);
absl::StatusOr<absl::optional<PostRecord>> GetPost(const Snapshot& snapshot, uint32_t ordinal);
absl::StatusOr<absl::optional<ResourceRecord>> GetResource(const Snapshot& snapshot, uint32_t ordinal);

// One multi-get; in the order of `ordinals`, none where there is no such record.
absl::StatusOr<std::vector<absl::optional<AccountRecord>>> GetAccounts(const Snapshot& snapshot,
                                                                       absl::Span<const uint32_t> ordinals);
absl::StatusOr<std::vector<absl::optional<PostRecord>>> GetPosts(const Snapshot& snapshot,
                                                                 absl::Span<const uint32_t> ordinals);
absl::StatusOr<std::vector<absl::optional<ResourceRecord>>> GetResources(const Snapshot& snapshot,
                                                                         absl::Span<const uint32_t> ordinals);

// What a multi-get of the caller's own found under OrdinalKey(ordinal), or under IdKey(kind, id).
absl::StatusOr<AccountRecord> DecodeAccount(uint32_t ordinal, absl::string_view value);
absl::StatusOr<PostRecord> DecodePost(uint32_t ordinal, absl::string_view value);
absl::StatusOr<ResourceRecord> DecodeResource(uint32_t ordinal, absl::string_view value);
absl::StatusOr<uint32_t> DecodeIdEntry(ItemKind kind, absl::string_view id, absl::string_view value);

// By rising ordinal.
absl::Status ScanAccounts(const Snapshot& snapshot, absl::FunctionRef<absl::Status(const AccountRecord&)> visit);
absl::Status ScanPosts(const Snapshot& snapshot, absl::FunctionRef<absl::Status(const PostRecord&)> visit);
absl::Status ScanResources(const Snapshot& snapshot, absl::FunctionRef<absl::Status(const ResourceRecord&)> visit);

// By rising ordinal; 0 for `limit` means all.
absl::StatusOr<std::vector<uint32_t>> PostsOf(const Snapshot& snapshot, uint32_t author, size_t limit = 0);

absl::StatusOr<absl::optional<uint32_t>> FindOrdinal(const Snapshot& snapshot, ItemKind kind, absl::string_view id);

struct IdEntry {
  std::string id;
  uint32_t ordinal;
  friend bool operator==(const IdEntry&, const IdEntry&) = default;
};

// At most `limit` ids of a kind, stubs too, in the order of their bytes, beginning above `after_id` (empty: at the first).
absl::StatusOr<std::vector<IdEntry>> ScanIds(const Snapshot& snapshot, ItemKind kind, absl::string_view after_id,
                                             size_t limit);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_ITEM_IO_H_
