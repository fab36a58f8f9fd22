#ifndef STAFFROOM_STORAGE_KEY_RANGE_H_
#define STAFFROOM_STORAGE_KEY_RANGE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/keys.h"

// Which stretch of a family answers which question.
namespace staffroom::storage {

// The keys of [first, past_last); an empty past_last means to the end of the family.
struct KeyRange {
  std::string first;
  std::string past_last;
  friend bool operator==(const KeyRange&, const KeyRange&) = default;
};

// The least key that is above every key which begins with `prefix`; empty when there is none (all bytes 0xff, or no byte).
std::string PrefixSuccessor(absl::string_view prefix);

// Every key that begins with `prefix`.
KeyRange PrefixRange(absl::string_view prefix);

KeyRange IdsAfter(ItemKind kind, absl::string_view id);  // ids: of that kind, above `id` (empty: all of the kind)
KeyRange PostsOfAuthor(uint32_t author);                 // posts_by_author
KeyRange EdgesOfActor(uint32_t actor);                   // edges
KeyRange EdgesToTarget(const Item& target);              // edges_by_target
KeyRange EdgesToTargetOfKind(const Item& target, InteractionKind kind);  // edges_by_target
KeyRange ErasedIdsAfter(absl::string_view key);                          // erased_ids: above `key` (empty: all)
KeyRange EventsOfActor(uint32_t actor);                                  // events
KeyRange EventsToTarget(const Item& target);                             // events_by_target
KeyRange VectorsOfItem(const Item& item);                                // vectors
KeyRange VectorsAfterItem(const Item& item);                             // vectors: of all items above it
KeyRange RequestsBefore(int64_t mutation_time);                          // idempotency_by_time: strictly before

// How many first bytes the keys of one such range share, where a family is read by ranges of one length; else 0.
// No key of the family is shorter. RocksDbStore builds its prefix Bloom filters from this.
size_t ScanPrefixBytes(Family family);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_KEY_RANGE_H_
