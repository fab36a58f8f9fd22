#ifndef STAFFROOM_SERVICE_CLIENT_IMPORT_BATCHER_H_
#define STAFFROOM_SERVICE_CLIENT_IMPORT_BATCHER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "service/client/import_item.h"

// How an import keeps its order without waiting for every line.
//
// A server takes 1,000 records of one kind in a call, and several calls at once. What of the file's order must hold then?
//  1. Accounts, posts and resources may pass each other: with create_stubs each may come before what it refers to.
//  2. Interactions must not pass the things before them, nor the reverse: whether a MENTOR_ACCEPT is taken depends on the
//     mentor's account. So there are two stages, and one begins when the other has been answered.
//  3. Two records with the same OrderKey must not pass each other. Within a batch the server keeps the order; between batches
//     the sender waits (import_sender.h); between two kinds that fill at the same time the batcher closes the first.
// Files that hold one kind after the other, as exports do, are thus cut at a few places only, and so is a file whose accounts
// and posts alternate.
namespace staffroom {

struct ImportBatch {
  enum class Stage { kThings, kInteractions };

  RecordKind kind = RecordKind::kAccount;
  std::vector<ImportItem> items;
  absl::flat_hash_set<uint64_t> order_keys;
  size_t bytes = 0;

  Stage stage() const { return kind < RecordKind::kInteraction ? Stage::kThings : Stage::kInteractions; }
};

// Gathers items into batches. Not thread-safe.
class ImportBatcher {
 public:
  static constexpr size_t kItemsMax = 1000;
  static constexpr size_t kBytesMax = 2 << 20;  // a batch of more items than one stays below; a call takes 4 MiB

  // Adds an item and returns the batches that it completed, in the order they are to be sent.
  std::vector<ImportBatch> Add(ImportItem item);
  // All that is not complete, in the order to be sent.
  std::vector<ImportBatch> Flush();

 private:
  void Close(RecordKind kind, std::vector<ImportBatch>* closed);

  std::array<ImportBatch, kRecordKinds> open_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_IMPORT_BATCHER_H_
