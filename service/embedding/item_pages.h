#ifndef STAFFROOM_SERVICE_EMBEDDING_ITEM_PAGES_H_
#define STAFFROOM_SERVICE_EMBEDDING_ITEM_PAGES_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "service/embedding/text_vectors.h"
#include "storage/keys.h"
#include "storage/store.h"

namespace staffroom {

// An item that may have vectors, with its texts and what each has now.
struct ItemToEmbed {
  struct Text {
    ItemText text;
    uint64_t fingerprint = 0;  // TextFingerprint
    bool has_vector = false;   // of the model that was asked for
  };
  storage::Item item;
  std::vector<Text> texts;
};

// Of the `count` ordinals from `first` on, those that are there and of whom something may be derived: neither stubs nor
// accounts with profiling off. `model_id`: see has_vector.
absl::StatusOr<std::vector<ItemToEmbed>> ReadItemsToEmbed(const storage::Snapshot& snapshot, storage::ItemKind kind,
                                                          uint32_t first, uint32_t count, absl::string_view model_id);

// The next `limit` items above `after` at the most that have vectors of neither of the two models, in order, among the next
// `looked_at` vectors at the most; *after becomes the last one looked at, and *is_end says that there is none above it.
absl::StatusOr<std::vector<storage::Item>> ReadItemsWithOthers(const storage::Snapshot& snapshot, absl::string_view one,
                                                               absl::string_view other, size_t limit, size_t looked_at,
                                                               storage::Item* after, bool* is_end);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_EMBEDDING_ITEM_PAGES_H_
