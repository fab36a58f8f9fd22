#ifndef STAFFROOM_SERVICE_RECOMMEND_FEATURES_H_
#define STAFFROOM_SERVICE_RECOMMEND_FEATURES_H_

#include <array>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/recommend/asking.h"
#include "service/recommend/candidates.h"

namespace staffroom {

// What the ranker looks at. Each lies in [0, 1]; one that does not apply to the kind of item is 0.
enum class Feature {
  kTextSimilarity,    // cosine with the asker's vector; below 0 reads 0
  kFriendsOfFriends,  // paths through people the asker knows, over the greatest of this request
  kFollowsYou,        // the account follows the asker, and does not hide it
  kRepliedToYou,      // the account answered the asker: 1 − 1/(1 + times)
  kYouReplied,        // the asker answered the account, likewise
  kSimilarTaste,      // weight of similar teachers behind it, over the greatest of this request
  kSharedByFollows,   // how many of those the asker follows keep it, likewise
  kFollowedAuthor,    // the asker follows its author or publisher
  kSharedInterests,   // interests in common (of a resource: interests among its tags and subjects), 3 are 1
  kSameSubject,
  kSameGrade,
  kSameOrganization,  // a JOIN in common
  kNearby,            // same region; the same country alone is 0.4
  kSharedLanguage,    // a language in common, or either side named none
  kPopularity,        // log(1 + popularity), over the greatest of this request
  kConnections,       // of an account: log(1 + popularity + follows of its own that it shows), likewise
  kFreshness,         // halves every 60 days since its last sign of life
  kMentorMatch,       // has room for a mentee, on a topic of the asker's
  kCount,
};
inline constexpr size_t kFeatureCount = static_cast<size_t>(Feature::kCount);
using Features = std::array<float, kFeatureCount>;

// Stable, for traces.
absl::string_view FeatureName(Feature feature);

// The features of each candidate, in the candidates' order. "The greatest of this request" is taken over `candidates`.
std::vector<Features> ComputeFeatures(const Asking& asking, absl::Span<const Candidate> candidates);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_FEATURES_H_
