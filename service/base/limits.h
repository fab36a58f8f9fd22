#ifndef STAFFROOM_SERVICE_BASE_LIMITS_H_
#define STAFFROOM_SERVICE_BASE_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

// Every limit of the contract, once. Sizes are bytes of UTF-8, counts are items; the proto comments repeat them for callers.
namespace staffroom::limits {

inline constexpr size_t kIdBytes = 128;
inline constexpr size_t kDisplayNameBytes = 256;
inline constexpr size_t kBioBytes = 4 << 10;
inline constexpr int kInterests = 64;
inline constexpr size_t kInterestBytes = 128;
inline constexpr int kSubjects = 32;
inline constexpr size_t kSubjectBytes = 64;
inline constexpr int kGradeBands = 7;
inline constexpr int kLanguages = 16;
inline constexpr size_t kLanguageBytes = 35;  // RFC 5646 §4.4.1: buffers of 35 hold every registered tag
inline constexpr size_t kRegionBytes = 6;     // ISO 3166-2: two letters, a hyphen, up to three characters
inline constexpr int kTags = 64;
inline constexpr size_t kTagBytes = 64;
inline constexpr int kChannels = 16;
inline constexpr size_t kUrlBytes = 2 << 10;
inline constexpr int kMentorTopics = 32;
inline constexpr size_t kMentorNoteBytes = 1 << 10;
inline constexpr int kWeeklyCapacity = 100;
inline constexpr size_t kPostTextBytes = 16 << 10;
inline constexpr int kPostResources = 32;
inline constexpr size_t kTitleBytes = 512;
inline constexpr size_t kSummaryBytes = 16 << 10;
inline constexpr int kMinutes = 100'000;
inline constexpr float kWeightMax = 10.0f;
inline constexpr size_t kCollectionBytes = 128;
inline constexpr size_t kSurfaceBytes = 64;
inline constexpr size_t kLabelBytes = 64;  // experiment, variant
inline constexpr size_t kRequestIdBytes = 128;

inline constexpr int kCountDefault = 20;
inline constexpr int kCountMax = 500;
inline constexpr int kExcludeMax = 1'000;
inline constexpr int kExamplesMax = 100;  // liked, disliked
inline constexpr int kPageSizeDefault = 100;
inline constexpr int kPageSizeMax = 1'000;
inline constexpr int kBatchItems = 1'000;
inline constexpr size_t kReceiveBytes = 4 << 20;
inline constexpr size_t kAttributionTokenBytes = 8 << 10;
inline constexpr size_t kTokenBytes = 96 << 10;
inline constexpr int kFilterWords = 64;  // each list of a request's filter

// Event times: from the year 2000 to a day ahead of the server's clock.
inline constexpr int64_t kTimeMinSeconds = 946'684'800;
inline constexpr absl::Duration kTimeAhead = absl::Hours(24);

inline constexpr absl::Duration kRequestIdKept = absl::Hours(24);
inline constexpr absl::Duration kPageTokenLife = absl::Hours(1);
inline constexpr absl::Duration kAttributionTokenLife = absl::Hours(24 * 30);
inline constexpr absl::Duration kLatelyUnfollowed = absl::Hours(24 * 90);
inline constexpr absl::Duration kInactiveAfter = absl::Hours(24 * 365);
inline constexpr absl::Duration kMinRevisionWait = absl::Seconds(5);

}  // namespace staffroom::limits

#endif  // STAFFROOM_SERVICE_BASE_LIMITS_H_
