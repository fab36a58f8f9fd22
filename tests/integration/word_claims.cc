#include <algorithm>
#include <string>

#include "tests/integration/reason_claims.h"
#include "tests/integration/visibility.h"
#include "tests/integration/words.h"

namespace staffroom {
namespace {

const v1::Account& AccountOf(const Claim& claim, const std::string& id) {
  const v1::Account* const account = claim.community.FindAccount(id);
  return account == nullptr ? v1::Account::default_instance() : *account;
}

const v1::Resource& ResourceOf(const Claim& claim) {
  const v1::Resource* const resource = claim.community.FindResource(claim.candidate.id);
  return resource == nullptr ? v1::Resource::default_instance() : *resource;
}

void CheckSharesInterests(const Claim& claim) {
  const std::string& topic = claim.reason.topic();
  claim.Expect(HasWord(AccountOf(claim, claim.asker).interests(), topic), "not_an_interest_of_the_asker");
  const bool is_of_candidate =
      claim.IsOfAccount() ? HasWord(AccountOf(claim, claim.candidate.id).interests(), topic)
                          : HasWord(ResourceOf(claim).tags(), topic) || HasWord(ResourceOf(claim).subjects(), topic);
  claim.Expect(is_of_candidate, "not_of_the_candidate");
}

// It stands on a post that the asker could open.
void CheckPostsAbout(const Claim& claim) {
  const auto& posts = claim.community.posts();
  const bool writes = std::any_of(posts.begin(), posts.end(), [&](const auto& entry) {
    const v1::Post& post = entry.second;
    return post.author_id() == claim.candidate.id && HasWord(post.tags(), claim.reason.topic()) &&
           WhyHidden(claim.community, claim.asker, PostThing(post.id())).empty();
  });
  claim.Expect(claim.IsOfAccount() && writes, "not_true");
}

template <typename Candidate>
void CheckSameClasses(const Claim& claim, const Candidate& candidate) {
  const v1::Account& asker = AccountOf(claim, claim.asker);
  claim.Expect(HasWord(asker.subjects(), claim.reason.topic()), "not_a_subject_of_the_asker");
  claim.Expect(HasWord(candidate.subjects(), claim.reason.topic()), "not_a_subject_of_the_candidate");
  const auto& bands = asker.grade_bands();
  claim.Expect(std::any_of(bands.begin(), bands.end(),
                           [&](int band) {
                             const auto& others = candidate.grade_bands();
                             return std::find(others.begin(), others.end(), band) != others.end();
                           }),
               "no_grade_in_common");
}

void CheckNearby(const Claim& claim) {
  claim.Expect(Covers(claim.reason.topic(), AccountOf(claim, claim.asker).region()), "asker_is_elsewhere");
  claim.Expect(claim.IsOfAccount() && Covers(claim.reason.topic(), AccountOf(claim, claim.candidate.id).region()),
               "candidate_is_elsewhere");
}

}  // namespace

void CheckWordClaim(const Claim& claim) {
  switch (claim.reason.kind()) {
    case v1::Reason::SHARES_INTERESTS:
      CheckSharesInterests(claim);
      break;
    case v1::Reason::POSTS_ABOUT:
      CheckPostsAbout(claim);
      break;
    case v1::Reason::SAME_SUBJECT_AND_GRADE:
      if (claim.IsOfAccount()) {
        CheckSameClasses(claim, AccountOf(claim, claim.candidate.id));
      } else {
        CheckSameClasses(claim, ResourceOf(claim));
      }
      break;
    case v1::Reason::NEARBY:
      CheckNearby(claim);
      break;
    default:
      break;
  }
}

}  // namespace staffroom
