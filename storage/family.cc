#include "storage/family.h"

namespace staffroom::storage {

absl::string_view FamilyName(Family family) {
  switch (family) {
    case Family::kMeta:
      return "meta";
    case Family::kIds:
      return "ids";
    case Family::kAccounts:
      return "accounts";
    case Family::kPosts:
      return "posts";
    case Family::kResources:
      return "resources";
    case Family::kPostsByAuthor:
      return "posts_by_author";
    case Family::kEdges:
      return "edges";
    case Family::kEdgesByTarget:
      return "edges_by_target";
    case Family::kEvents:
      return "events";
    case Family::kEventsByTarget:
      return "events_by_target";
    case Family::kVectors:
      return "vectors";
    case Family::kIdempotency:
      return "idempotency";
    case Family::kIdempotencyByTime:
      return "idempotency_by_time";
    case Family::kErasedIds:
      return "erased_ids";
    case Family::kPurges:
      return "purges";
    case Family::kOperations:
      return "operations";
  }
  return "";
}

const std::array<Family, kFamilyCount>& AllFamilies() {
  static constexpr std::array<Family, kFamilyCount> kAll = {Family::kMeta,
                                                            Family::kIds,
                                                            Family::kAccounts,
                                                            Family::kPosts,
                                                            Family::kResources,
                                                            Family::kPostsByAuthor,
                                                            Family::kEdges,
                                                            Family::kEdgesByTarget,
                                                            Family::kEvents,
                                                            Family::kEventsByTarget,
                                                            Family::kVectors,
                                                            Family::kIdempotency,
                                                            Family::kIdempotencyByTime,
                                                            Family::kErasedIds,
                                                            Family::kPurges,
                                                            Family::kOperations};
  return kAll;
}

}  // namespace staffroom::storage
