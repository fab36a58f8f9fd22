#ifndef STAFFROOM_STORAGE_FAMILY_H_
#define STAFFROOM_STORAGE_FAMILY_H_

#include <array>
#include <cstddef>

#include "absl/strings/string_view.h"

namespace staffroom::storage {

// The families of keys: each an ordered map of its own, all written by one atomic batch. What a family's keys and values
// look like stands in keys.h. The order here is free; the names are on the disk and are for ever.
enum class Family {
  kMeta,
  kIds,
  kAccounts,
  kPosts,
  kResources,
  kPostsByAuthor,
  kEdges,
  kEdgesByTarget,
  kEvents,
  kEventsByTarget,
  kVectors,
  kIdempotency,
  kIdempotencyByTime,
  kErasedIds,
  kPurges,
  kOperations,
};

inline constexpr size_t kFamilyCount = 16;

// The name on the disk: lower case and underscores. Never has a dot: see "Platforms" in keys.h.
absl::string_view FamilyName(Family family);

// Every family, in the order of the enum.
const std::array<Family, kFamilyCount>& AllFamilies();

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_FAMILY_H_
