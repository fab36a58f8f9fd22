#ifndef STAFFROOM_SERVICE_ENGINE_ENGINE_LIMITS_H_
#define STAFFROOM_SERVICE_ENGINE_ENGINE_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

// The engine's own bounds; those of the contract stand in service/base/limits.h.
namespace staffroom {

inline constexpr size_t kBatchMutations =
    100;  // one synced write for about so many: 120-218 k/s against 5 k/s one by one
inline constexpr size_t kQueueMutations = 16'384;  // waiting for the sequencer; more is QUEUE_FULL
inline constexpr size_t kQueueBytes = 256 << 20;
inline constexpr size_t kRequestIdsForgotten = 200;  // a batch; it adds at most 100, so a backlog shrinks
inline constexpr size_t kErasedIdsLookedAt = 50;     // a batch, going round: few, for each is an entry met by a scan
inline constexpr size_t kPurgeChanges = 500;         // of one slice: bounds how long the views' lock is held
inline constexpr size_t kPurgeItems = 200;           // of one slice: bounds how long the sequencer looks for changes
inline constexpr int kBatchesBetweenSlices = 8;  // writes never wait long for purges, nor purges for a pause of writes
inline constexpr absl::Duration kPurgeRetry = absl::Minutes(1);  // after a slice that could not be decided
inline constexpr uint32_t kAccountOrdinals =
    1u << 27;                                    // what a view can number (views/engagement.h packs five bits beside)
inline constexpr uint32_t kOrdinalReserve = 64;  // a mutation can name a few new accounts at once
inline constexpr size_t kParkedReads = 1'024;    // waiting for a revision; more is QUEUE_FULL
inline constexpr absl::Duration kErasedIdKept = absl::Hours(24 * 30);
inline constexpr absl::Duration kOperationKept = absl::Hours(24 * 30);  // after its end
inline constexpr absl::Duration kMentorWeek = absl::Hours(24 * 7);
inline constexpr absl::Duration kQueueRetry = absl::Milliseconds(250);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_ENGINE_LIMITS_H_
