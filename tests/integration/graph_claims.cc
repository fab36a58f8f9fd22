#include <algorithm>
#include <string>

#include "absl/time/time.h"
#include "tests/integration/reason_claims.h"
#include "tests/integration/visibility.h"

namespace staffroom {
namespace {

constexpr absl::Duration kMentorWeek = absl::Hours(24 * 7);

// The one account a reason names, "" where the form is wrong.
std::string OnlyAccount(const Claim& claim) {
  return claim.reason.account_ids_size() == 1 ? claim.reason.account_ids(0) : "";
}

bool NamesTheCandidate(const Claim& claim) { return claim.IsOfAccount() && OnlyAccount(claim) == claim.candidate.id; }

// Somebody the asker follows, who follows the candidate, and whose follows may be told to the asker.
bool IsMiddle(const Claim& claim, const std::string& account) {
  return Follows(claim.community, claim.asker, account) && Follows(claim.community, account, claim.candidate.id) &&
         !HidesFollows(claim.community, account) &&
         WhyHidden(claim.community, claim.asker, AccountThing(account)).empty() &&
         !AreApart(claim.community, account, claim.candidate.id);
}

void CheckFollowedByPeopleYouFollow(const Claim& claim) {
  claim.Expect(claim.IsOfAccount(), "not_an_account");
  for (const std::string& id : claim.reason.account_ids()) {
    claim.Expect(Follows(claim.community, claim.asker, id), "asker_does_not_follow");
    claim.Expect(Follows(claim.community, id, claim.candidate.id), "does_not_follow_candidate");
  }
  int middles = 0;
  for (const auto& [id, account] : claim.community.accounts()) middles += IsMiddle(claim, id) ? 1 : 0;
  claim.ExpectCount(middles, middles);
}

// A REPLY to the asker or to a post of the asker, or a post that answers one.
bool Replied(const Claim& claim) {
  const auto is_by_asker = [&](const std::string& post_id) {
    const v1::Post* const post = claim.community.FindPost(post_id);
    return post != nullptr && post->author_id() == claim.asker;
  };
  for (const Act& act : claim.community.ActsBy(claim.candidate.id)) {
    if (act.kind != v1::Interaction::REPLY) continue;
    if (act.target == AccountThing(claim.asker)) return true;
    if (act.target.kind == v1::ItemKind::POST && is_by_asker(act.target.id)) return true;
  }
  const auto& posts = claim.community.posts();
  return std::any_of(posts.begin(), posts.end(), [&](const auto& entry) {
    return entry.second.author_id() == claim.candidate.id && is_by_asker(entry.second.in_reply_to());
  });
}

void CheckSameOrganization(const Claim& claim) {
  const Thing organization = AccountThing(OnlyAccount(claim));
  claim.Expect(claim.community.Did(claim.asker, v1::Interaction::JOIN, organization), "asker_not_a_member");
  claim.Expect(claim.IsOfAccount() && claim.community.Did(claim.candidate.id, v1::Interaction::JOIN, organization),
               "candidate_not_a_member");
}

// The organization made it, brought it out, or put its name to it in public.
bool Brings(const Claim& claim, const std::string& organization) {
  const auto owners = OwnersOf(claim.community, claim.candidate);
  if (!claim.IsOfAccount() && std::find(owners.begin(), owners.end(), organization) != owners.end()) return true;
  for (const v1::Interaction::Kind kind : {v1::Interaction::FOLLOW, v1::Interaction::LIKE, v1::Interaction::SHARE}) {
    if (claim.community.Did(organization, kind, claim.candidate)) return true;
  }
  return claim.IsOfAccount() &&
         claim.community.Did(claim.candidate.id, v1::Interaction::JOIN, AccountThing(organization));
}

void CheckInvitedByOrganization(const Claim& claim) {
  const std::string organization = OnlyAccount(claim);
  claim.Expect(claim.community.Did(claim.asker, v1::Interaction::JOIN, AccountThing(organization)),
               "asker_not_a_member");
  claim.Expect(Brings(claim, organization), "not_true");
}

void CheckOffersMentoring(const Claim& claim) {
  claim.Expect(NamesTheCandidate(claim), "names_another");
  const v1::Account* const account = claim.community.FindAccount(claim.candidate.id);
  int taken_on = 0;
  for (const Act& act : claim.community.ActsBy(claim.candidate.id)) {
    if (act.kind == v1::Interaction::MENTOR_ACCEPT && act.time > claim.question.now - kMentorWeek) ++taken_on;
  }
  claim.Expect(claim.IsOfAccount() && account != nullptr && account->mentor_offer().weekly_capacity() > taken_on,
               "no_room");
}

void CheckEmergingVoice(const Claim& claim) {
  claim.Expect(NamesTheCandidate(claim), "names_another");
  int followers = 0;
  for (const Act& act : claim.community.ActsAt(claim.candidate)) {
    if (act.kind == v1::Interaction::FOLLOW && !IsQuiet(claim.community, act.actor)) ++followers;
  }
  claim.ExpectCount(0, followers);
}

}  // namespace

void CheckGraphClaim(const Claim& claim) {
  switch (claim.reason.kind()) {
    case v1::Reason::FOLLOWED_BY_PEOPLE_YOU_FOLLOW:
      CheckFollowedByPeopleYouFollow(claim);
      break;
    case v1::Reason::FOLLOWS_YOU:
      claim.Expect(NamesTheCandidate(claim), "names_another");
      claim.Expect(Follows(claim.community, claim.candidate.id, claim.asker), "not_true");
      break;
    case v1::Reason::REPLIED_TO_YOU:
      claim.Expect(NamesTheCandidate(claim), "names_another");
      claim.Expect(Replied(claim), "not_true");
      break;
    case v1::Reason::SAME_ORGANIZATION:
      CheckSameOrganization(claim);
      break;
    case v1::Reason::INVITED_BY_ORGANIZATION:
      CheckInvitedByOrganization(claim);
      break;
    case v1::Reason::OFFERS_MENTORING:
      CheckOffersMentoring(claim);
      break;
    case v1::Reason::EMERGING_VOICE:
      CheckEmergingVoice(claim);
      break;
    default:
      break;
  }
}

}  // namespace staffroom
