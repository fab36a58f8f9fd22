#ifndef STAFFROOM_STORAGE_META_IO_H_
#define STAFFROOM_STORAGE_META_IO_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "storage/store.h"
#include "storage/write_batch.h"

// Where the store stands, written in the same batch as what brought it there.
namespace staffroom::storage {

// Whose vectors answer, and whose are being made: ModelsRecord.
struct Models {
  std::string serving, coming;
  bool leftovers = false;
  uint64_t operation = 0;
  friend bool operator==(const Models&, const Models&) = default;
};

struct Meta {
  uint64_t epoch = 0;         // which life of the store: another after every restore
  uint64_t revision = 0;      // mutations applied
  uint32_t next_account = 1;  // the ordinals to be given next; never fall
  uint32_t next_post = 1;
  uint32_t next_resource = 1;
  int64_t mutation_time = 0;  // of the last mutation, microseconds since the epoch, ≥ 0
  Models models = {};         // nothing set: no mutation has said so yet
  friend bool operator==(const Meta&, const Meta&) = default;
};

// Also writes the format.
void PutMeta(WriteBatch* batch, const Meta& meta);

// None when the store has never had one. FailedPrecondition when the store's format is newer than this program's;
// DataLoss when a part is missing or unreadable.
absl::StatusOr<absl::optional<Meta>> GetMeta(const Snapshot& snapshot);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_META_IO_H_
