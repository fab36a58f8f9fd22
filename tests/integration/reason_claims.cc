#include "tests/integration/reason_claims.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/integration/reason_form.h"
#include "tests/integration/visibility.h"

namespace staffroom {
namespace {

// Kinds that tell of whom the named accounts follow.
bool SpeaksOfFollows(v1::Reason::Kind kind) {
  return kind == v1::Reason::FOLLOWED_BY_PEOPLE_YOU_FOLLOW || kind == v1::Reason::FOLLOWS_YOU ||
         kind == v1::Reason::REPLIED_TO_YOU;
}

// Kinds that can only come from something derived: words, tastes, likeness.
bool IsDerived(v1::Reason::Kind kind) {
  return kind == v1::Reason::SHARES_INTERESTS || kind == v1::Reason::POSTS_ABOUT ||
         kind == v1::Reason::ENGAGED_BY_SIMILAR_TEACHERS || kind == v1::Reason::SIMILAR_TO ||
         kind == v1::Reason::SAME_SUBJECT_AND_GRADE || kind == v1::Reason::NEARBY;
}

// Whatever is named may be shown to the asker, and no block lies between it and the candidate.
void CheckNamed(const Claim& claim) {
  const std::vector<std::string> candidate_owners = OwnersOf(claim.community, claim.candidate);
  for (const Thing& thing : NamedThings(claim.reason)) {
    for (const std::string& why : WhyHidden(claim.community, claim.asker, thing)) {
      claim.Complain(absl::StrCat("names_", why));
    }
    for (const std::string& owner : OwnersOf(claim.community, thing)) {
      for (const std::string& other : candidate_owners) {
        if (AreApart(claim.community, owner, other)) claim.Complain("crosses_block");
      }
    }
    if (thing.kind == v1::ItemKind::ACCOUNT && SpeaksOfFollows(claim.reason.kind()) &&
        HidesFollows(claim.community, thing.id)) {
      claim.Complain("names_hidden_follows");
    }
  }
}

void CheckProfiling(const Claim& claim) {
  if (!IsDerived(claim.reason.kind())) return;
  claim.Expect(IsProfiled(claim.community, claim.asker), "asker_not_profiled");
  claim.Expect(!claim.IsOfAccount() || IsProfiled(claim.community, claim.candidate.id), "candidate_not_profiled");
}

}  // namespace

void CheckClaim(const Examined& examined, const v1::Reason& reason, std::vector<Complaint>* complaints) {
  const Claim claim(examined, reason, complaints);
  CheckNamed(claim);
  CheckProfiling(claim);
  switch (reason.kind()) {
    case v1::Reason::FOLLOWED_BY_PEOPLE_YOU_FOLLOW:
    case v1::Reason::FOLLOWS_YOU:
    case v1::Reason::REPLIED_TO_YOU:
    case v1::Reason::SAME_ORGANIZATION:
    case v1::Reason::INVITED_BY_ORGANIZATION:
    case v1::Reason::OFFERS_MENTORING:
    case v1::Reason::EMERGING_VOICE:
      CheckGraphClaim(claim);
      break;
    case v1::Reason::SHARES_INTERESTS:
    case v1::Reason::POSTS_ABOUT:
    case v1::Reason::SAME_SUBJECT_AND_GRADE:
    case v1::Reason::NEARBY:
      CheckWordClaim(claim);
      break;
    case v1::Reason::ENGAGED_BY_SIMILAR_TEACHERS:
    case v1::Reason::SIMILAR_TO:
    case v1::Reason::NEW:
    case v1::Reason::POPULAR:
      CheckUseClaim(claim);
      break;
    // Nobody searched for anything.
    case v1::Reason::MATCHES_SEARCH:
      claim.Complain("no_search");
      break;
    default:
      break;  // reason.kind, of the form
  }
}

}  // namespace staffroom
