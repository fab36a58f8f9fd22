#ifndef STAFFROOM_SERVICE_VIEWS_PROFILE_FORMULA_H_
#define STAFFROOM_SERVICE_VIEWS_PROFILE_FORMULA_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "storage/records.pb.h"

// What vectors are made of: every constant once, with its reason.
//
// An item's vector is the weighted sum of its text fields' unit vectors, normalised: a title says more per word than a
// summary, tags are few and chosen.
//
// An account's profile is what it says of itself and what it does, two unit vectors mixed and normalised:
//
//   does    = Σ  w_i · 2^(−(t_newest − t_i) / H) · v_i     over its newest 32 posts and newest 64 engagements, ties by id
//   profile = normalise(says/|says| + share(n) · does/|does|),   share(n) = 1.5 · n / (n + 3)
//
// One half-life H for everything, measured from the account's own newest act: the direction then does not depend on when
// one looks, so nothing has to be rewritten because time passes, and a teacher who was away all summer comes back as the
// teacher she was. What is said of oneself does not fade: it is edited instead. share(n) lets the first acts weigh little
// (one like is an accident), equals 0.75 at three, and stays below 1.5.
namespace staffroom::profile_formula {

inline constexpr float kHalfLifeDays = 120.0f;  // about a school term: topics of teaching change with the term
inline constexpr size_t kPostsMax = 32;  // bounds the vectors that one profile adds up; the rest has mostly faded
inline constexpr size_t kEngagementsMax = 64;
// How far back they are looked for, among posts without a token and acts on what has no vector or is dismissed or reported:
// more than anybody does. Whole seconds are looked at, so the end does not depend on ordinals; it could only depend on what
// a quiet account did for somebody with more such acts than this since the 64th of their last likes.
inline constexpr size_t kPostsLookedAt = 4 * kPostsMax;
inline constexpr size_t kEngagementsLookedAt = 1 << 17;
inline constexpr float kDoesShareMax = 1.5f;
inline constexpr float kDoesShareHalf = 3.0f;
inline constexpr float kOwnPostWeight = 1.0f;

// How much a field counts in its item's vector.
inline float FieldWeight(storage::TextField field) {
  switch (field) {
    case storage::INTERESTS:
      return 1.2f;  // chosen words, one meaning each
    case storage::BIO:
      return 1.0f;
    case storage::SUBJECTS:
      return 0.8f;  // broad: half the staffroom teaches mathematics
    case storage::TAGS:
    case storage::MENTOR_TOPICS:
      return 0.5f;
    case storage::TEXT:
    case storage::TITLE:
      return 1.0f;
    case storage::SUMMARY:
      return 0.8f;
    default:
      return 0.0f;
  }
}

// How much an act says of the actor's interest in the item's content, 0 = nothing. Times the caller's weight, at most 10.
inline float EngagementWeight(storage::InteractionKind kind) {
  switch (kind) {
    case storage::SAVE:   // means to use it
    case storage::SHARE:  // stands by it
      return 0.8f;
    case storage::LIKE:
      return 0.6f;
    case storage::REPLY:
      return 0.5f;  // may be to disagree
    case storage::READ:
      return 0.4f;
    default:
      return 0.0f;  // views and clicks are the list's doing as much as the reader's
  }
}

inline float Fading(uint32_t newest_s, uint32_t time_s) {
  constexpr float kSecondsPerDay = 86'400.0f;
  return std::exp2(-static_cast<float>(newest_s - std::min(newest_s, time_s)) / (kHalfLifeDays * kSecondsPerDay));
}

inline float DoesShare(int acts) {
  return kDoesShareMax * static_cast<float>(acts) / (static_cast<float>(acts) + kDoesShareHalf);
}

}  // namespace staffroom::profile_formula

#endif  // STAFFROOM_SERVICE_VIEWS_PROFILE_FORMULA_H_
