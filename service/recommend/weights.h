#ifndef STAFFROOM_SERVICE_RECOMMEND_WEIGHTS_H_
#define STAFFROOM_SERVICE_RECOMMEND_WEIGHTS_H_

#include "service/recommend/features.h"

namespace staffroom {

// How much each feature counts, of accounts and of resources; 0 or more.
struct Weights {
  Features account{};
  Features resource{};

  // Of accounts: text, friends of friends, taste, connections and the direct ties were chosen by coordinate search among
  // science teachers' replies, to find a hidden partner in ten places (`staffroom_eval teachers`, seeds 101 to 105, which
  // are not the reported ones, but draw from the same teachers); what those posts cannot tell (interests, subjects, grades, places) was set by hand, as was all of
  // resources.
  static Weights Default();
};

inline Weights Weights::Default() {
  Weights weights;
  const auto set = [&](Feature feature, float account, float resource) {
    weights.account[static_cast<size_t>(feature)] = account;
    weights.resource[static_cast<size_t>(feature)] = resource;
  };
  //                                account resource
  set(Feature::kTextSimilarity, /*     */ 2.50f, 1.50f);  // cosines of different people rarely pass 0.5
  set(Feature::kFriendsOfFriends, /*   */ 0.80f, 0.00f);  // more found fewer: text says who else could be met
  set(Feature::kFollowsYou, /*         */ 0.20f,
      0.00f);  // a follow is often not returned; the reason is shown all the same
  set(Feature::kRepliedToYou, /*       */ 0.10f, 0.00f);  // likewise
  set(Feature::kYouReplied, /*         */ 1.00f, 0.00f);  // a talk that the asker began
  set(Feature::kSimilarTaste, /*       */ 0.20f, 1.50f);  // of resources: the strongest single sign
  set(Feature::kSharedByFollows, /*    */ 0.00f, 0.60f);
  set(Feature::kFollowedAuthor, /*     */ 0.00f, 0.50f);
  set(Feature::kSharedInterests, /*    */ 0.60f, 0.50f);  // chosen words, both sides
  set(Feature::kSameSubject, /*        */ 0.30f, 0.30f);  // broad
  set(Feature::kSameGrade, /*          */ 0.20f, 0.30f);
  set(Feature::kSameOrganization, /*   */ 0.30f, 0.00f);
  set(Feature::kNearby, /*             */ 0.15f, 0.00f);
  set(Feature::kSharedLanguage, /*     */ 0.50f, 0.50f);  // what one cannot read helps nobody
  set(Feature::kPopularity, /*         */ 0.00f, 0.30f);  // of resources: enough to order equals
  set(Feature::kConnections, /*        */ 1.00f, 0.00f);  // who takes part is met again, whether or not many follow
  set(Feature::kFreshness, /*          */ 0.15f, 0.20f);
  set(Feature::kMentorMatch, /*        */ 0.30f, 0.00f);
  return weights;
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_WEIGHTS_H_
