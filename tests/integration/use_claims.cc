#include <algorithm>
#include <set>
#include <string>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "tests/integration/reason_claims.h"
#include "tests/integration/reason_form.h"
#include "tests/integration/visibility.h"

namespace staffroom {
namespace {

// What "lately" may mean at most; the contract leaves the number to the server.
constexpr absl::Duration kLately = absl::Hours(24 * 90);
constexpr size_t kManyTeachers = 5;

bool IsUse(v1::Interaction::Kind kind) {
  return kind == v1::Interaction::LIKE || kind == v1::Interaction::SAVE || kind == v1::Interaction::READ ||
         kind == v1::Interaction::SHARE || kind == v1::Interaction::REPLY;
}

bool Used(const Community& community, const std::string& account, const Thing& thing) {
  const auto& acts = community.ActsBy(account);
  return std::any_of(acts.begin(), acts.end(), [&](const Act& act) { return act.target == thing && IsUse(act.kind); });
}

// A teacher whose tastes may stand behind something told to the asker.
bool MaySpeakTo(const Claim& claim, const std::string& account) {
  const v1::Account* const found = claim.community.FindAccount(account);
  return found != nullptr && found->kind() == v1::Account::TEACHER && account != claim.asker &&
         IsProfiled(claim.community, account) && !IsQuiet(claim.community, account) &&
         WhyHidden(claim.community, claim.asker, AccountThing(account)).empty();
}

void CheckEngagedBySimilarTeachers(const Claim& claim) {
  std::set<Thing> named;
  for (const Thing& thing : NamedThings(claim.reason)) {
    named.insert(thing);
    claim.Expect(Used(claim.community, claim.asker, thing), "asker_did_not_use");
    if (claim.IsOfAccount()) claim.Expect(Used(claim.community, claim.candidate.id, thing), "candidate_did_not_use");
  }
  if (claim.IsOfAccount()) {
    claim.Expect(MaySpeakTo(claim, claim.candidate.id), "not_a_similar_teacher");
    claim.Expect(claim.reason.count() == 0, "wrong_count");
    return;
  }
  // Who used the candidate and also something named; and at most, something that the asker used.
  int by_named = 0;
  int by_any = 0;
  for (const auto& [id, account] : claim.community.accounts()) {
    if (!MaySpeakTo(claim, id) || !Used(claim.community, id, claim.candidate)) continue;
    const auto& acts = claim.community.ActsBy(id);
    by_named += std::any_of(acts.begin(), acts.end(),
                            [&](const Act& act) { return IsUse(act.kind) && named.count(act.target) > 0; });
    by_any += std::any_of(acts.begin(), acts.end(), [&](const Act& act) {
      return IsUse(act.kind) && Used(claim.community, claim.asker, act.target);
    });
  }
  claim.Expect(by_named > 0, "nobody_did");
  claim.ExpectCount(by_named, by_any);
}

// How near they are is the vectors' matter; that the asker chose what is named is the records'.
void CheckSimilarTo(const Claim& claim) {
  for (const Thing& thing : NamedThings(claim.reason)) {
    const bool chosen = thing.kind == v1::ItemKind::ACCOUNT
                            ? Follows(claim.community, claim.asker, thing.id)
                            : claim.community.Did(claim.asker, v1::Interaction::SAVE, thing);
    claim.Expect(chosen, "asker_did_not_choose");
    claim.Expect(thing != claim.candidate, "names_the_candidate");
  }
}

void CheckNew(const Claim& claim) {
  google::protobuf::Timestamp came;
  const v1::Account* const account = claim.IsOfAccount() ? claim.community.FindAccount(claim.candidate.id) : nullptr;
  const v1::Resource* const resource = claim.community.FindResource(claim.candidate.id);
  if (account != nullptr) came = account->create_time();
  if (!claim.IsOfAccount() && resource != nullptr) came = resource->publish_time();
  // Unset is the time of the first write, which was just now.
  claim.Expect(came.seconds() == 0 || absl::FromUnixSeconds(came.seconds()) > claim.question.now - kLately, "not_true");
}

// Different people, not acts: who follows the account or used something it made; who used the resource.
void CheckPopular(const Claim& claim) {
  std::set<std::string> users;
  const auto count = [&](const Thing& thing, bool (*counts)(v1::Interaction::Kind)) {
    for (const Act& act : claim.community.ActsAt(thing)) {
      if (!counts(act.kind) || !IsProfiled(claim.community, act.actor) || IsQuiet(claim.community, act.actor)) continue;
      users.insert(act.actor);
    }
  };
  count(claim.candidate, [](v1::Interaction::Kind kind) { return kind == v1::Interaction::FOLLOW || IsUse(kind); });
  if (claim.IsOfAccount()) {
    for (const auto& [id, post] : claim.community.posts()) {
      if (post.author_id() == claim.candidate.id) count(PostThing(id), IsUse);
    }
    for (const auto& [id, resource] : claim.community.resources()) {
      if (resource.author_id() == claim.candidate.id) count(ResourceThing(id), IsUse);
    }
  }
  claim.Expect(users.size() >= kManyTeachers, "not_true");
}

}  // namespace

void CheckUseClaim(const Claim& claim) {
  switch (claim.reason.kind()) {
    case v1::Reason::ENGAGED_BY_SIMILAR_TEACHERS:
      CheckEngagedBySimilarTeachers(claim);
      break;
    case v1::Reason::SIMILAR_TO:
      CheckSimilarTo(claim);
      break;
    case v1::Reason::NEW:
      CheckNew(claim);
      break;
    case v1::Reason::POPULAR:
      CheckPopular(claim);
      break;
    default:
      break;
  }
}

}  // namespace staffroom
