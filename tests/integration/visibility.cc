#include "tests/integration/visibility.h"

#include <algorithm>
#include <string>
#include <vector>

namespace staffroom {
namespace {

bool IsActiveState(v1::ModerationState::Value state) {
  return state == v1::ModerationState::ACTIVE || state == v1::ModerationState::MODERATION_STATE_UNSPECIFIED;
}

// Known, active and not quiet: what it does may let one account see another.
bool MayOpen(const Community& community, const std::string& account) {
  const v1::Account* const found = community.FindAccount(account);
  return found != nullptr && IsActiveState(found->state()) && !IsQuiet(community, account);
}

// An organization in common, or the viewer is one that the account has joined.
bool AreOfOneOrganization(const Community& community, const std::string& account, const std::string& viewer) {
  if (!MayOpen(community, account) || !MayOpen(community, viewer)) return false;
  if (community.Did(account, v1::Interaction::JOIN, AccountThing(viewer))) return true;
  const std::vector<std::string> shared = SharedOrganizations(community, account, viewer);
  return std::any_of(shared.begin(), shared.end(),
                     [&](const std::string& organization) { return MayOpen(community, organization); });
}

// The account follows the viewer, or somebody who may open and follows the viewer: the path starts at the account.
bool LeadsTo(const Community& community, const std::string& account, const std::string& viewer) {
  for (const Act& act : community.ActsBy(account)) {
    if (act.kind != v1::Interaction::FOLLOW) continue;
    const std::string& middle = act.target.id;
    if (middle == viewer) return true;
    if (MayOpen(community, middle) && Follows(community, middle, viewer)) return true;
  }
  return false;
}

bool AccountMayBeShown(const Community& community, const std::string& viewer, const std::string& id) {
  const v1::Account* const account = community.FindAccount(id);
  if (account == nullptr) return false;
  switch (account->exposure()) {
    case v1::Account::EXPOSURE_UNSPECIFIED:  // the server's default, which no test changes
    case v1::Account::EVERYBODY:
      return true;
    case v1::Account::MY_ORGANIZATIONS:
      return !viewer.empty() && (viewer == id || AreOfOneOrganization(community, id, viewer));
    case v1::Account::FRIENDS_OF_FRIENDS:
      return !viewer.empty() &&
             (viewer == id || AreOfOneOrganization(community, id, viewer) || LeadsTo(community, id, viewer));
    default:
      return false;
  }
}

bool AudienceAdmits(const Community& community, const std::string& viewer, const v1::Post& post) {
  if (viewer == post.author_id()) return true;
  switch (post.audience()) {
    case v1::Post::AUDIENCE_UNSPECIFIED:
    case v1::Post::PUBLIC:
      return true;
    case v1::Post::FOLLOWERS:
      return !IsQuiet(community, viewer) && Follows(community, viewer, post.author_id());
    case v1::Post::MY_ORGANIZATIONS:
      return AreOfOneOrganization(community, post.author_id(), viewer);
    default:
      return false;
  }
}

bool Reported(const Community& community, const std::string& actor, const std::string& author) {
  for (const Act& act : community.ActsBy(actor)) {
    if (act.kind != v1::Interaction::REPORT) continue;
    if (act.target == AccountThing(author)) return true;
    const v1::Post* const post = act.target.kind == v1::ItemKind::POST ? community.FindPost(act.target.id) : nullptr;
    if (post != nullptr && post->author_id() == author) return true;
    const v1::Resource* const resource =
        act.target.kind == v1::ItemKind::RESOURCE ? community.FindResource(act.target.id) : nullptr;
    if (resource != nullptr && resource->author_id() == author) return true;
  }
  return false;
}

bool PushedAway(const Community& community, const std::string& actor, const std::string& other) {
  return community.Did(actor, v1::Interaction::BLOCK, AccountThing(other)) || Reported(community, actor, other);
}

bool IsActive(const Community& community, const Thing& thing) {
  for (const std::string& owner : OwnersOf(community, thing)) {
    const v1::Account* const account = community.FindAccount(owner);
    if (account != nullptr && !IsActiveState(account->state())) return false;
  }
  const v1::Post* const post = thing.kind == v1::ItemKind::POST ? community.FindPost(thing.id) : nullptr;
  const v1::Resource* const resource =
      thing.kind == v1::ItemKind::RESOURCE ? community.FindResource(thing.id) : nullptr;
  return (post == nullptr || IsActiveState(post->state())) && (resource == nullptr || IsActiveState(resource->state()));
}

bool IsKnown(const Community& community, const Thing& thing) {
  switch (thing.kind) {
    case v1::ItemKind::ACCOUNT:
      return community.FindAccount(thing.id) != nullptr;
    case v1::ItemKind::POST:
      return community.FindPost(thing.id) != nullptr;
    case v1::ItemKind::RESOURCE:
      return community.FindResource(thing.id) != nullptr;
    default:
      return false;
  }
}

}  // namespace

bool IsQuiet(const Community& community, const std::string& account) {
  const v1::Account* const found = community.FindAccount(account);
  return found != nullptr && found->exposure() == v1::Account::NOBODY && HidesFollows(community, account);
}

bool HidesFollows(const Community& community, const std::string& account) {
  const v1::Account* const found = community.FindAccount(account);
  return found != nullptr && found->follows_visibility() == v1::Account::HIDDEN;
}

bool IsProfiled(const Community& community, const std::string& account) {
  const v1::Account* const found = community.FindAccount(account);
  return found == nullptr || found->profiling() != v1::Account::OFF;
}

bool Follows(const Community& community, const std::string& follower, const std::string& followed) {
  return community.Did(follower, v1::Interaction::FOLLOW, AccountThing(followed));
}

std::vector<std::string> SharedOrganizations(const Community& community, const std::string& a, const std::string& b) {
  if (IsQuiet(community, a) || IsQuiet(community, b)) return {};
  std::vector<std::string> shared;
  for (const Act& act : community.ActsBy(a)) {
    if (act.kind != v1::Interaction::JOIN || IsQuiet(community, act.target.id)) continue;
    if (community.Did(b, v1::Interaction::JOIN, act.target)) shared.push_back(act.target.id);
  }
  return shared;
}

bool AreApart(const Community& community, const std::string& a, const std::string& b) {
  return a != b && (PushedAway(community, a, b) || PushedAway(community, b, a));
}

std::vector<std::string> OwnersOf(const Community& community, const Thing& thing) {
  if (thing.kind == v1::ItemKind::ACCOUNT) return {thing.id};
  std::vector<std::string> owners;
  if (const v1::Post* const post = community.FindPost(thing.id); thing.kind == v1::ItemKind::POST && post != nullptr) {
    owners.push_back(post->author_id());
  }
  if (const v1::Resource* const resource = community.FindResource(thing.id);
      thing.kind == v1::ItemKind::RESOURCE && resource != nullptr) {
    if (!resource->author_id().empty()) owners.push_back(resource->author_id());
    if (!resource->publisher_id().empty()) owners.push_back(resource->publisher_id());
  }
  return owners;
}

bool MayBeShown(const Community& community, const std::string& viewer, const Thing& thing) {
  if (!IsKnown(community, thing)) return false;
  for (const std::string& owner : OwnersOf(community, thing)) {
    if (!AccountMayBeShown(community, viewer, owner)) return false;
  }
  return thing.kind != v1::ItemKind::POST || AudienceAdmits(community, viewer, *community.FindPost(thing.id));
}

std::vector<std::string> WhyHidden(const Community& community, const std::string& viewer, const Thing& thing) {
  if (!IsKnown(community, thing)) return {"unknown"};
  std::vector<std::string> why;
  if (!MayBeShown(community, viewer, thing)) why.emplace_back("exposure");
  if (!IsActive(community, thing)) why.emplace_back("state");
  const std::vector<std::string> owners = OwnersOf(community, thing);
  if (std::any_of(owners.begin(), owners.end(), [&](const auto& id) { return AreApart(community, viewer, id); })) {
    why.emplace_back("block");
  }
  if (std::any_of(owners.begin(), owners.end(),
                  [&](const auto& id) { return community.Did(viewer, v1::Interaction::MUTE, AccountThing(id)); })) {
    why.emplace_back("mute");
  }
  return why;
}

}  // namespace staffroom
