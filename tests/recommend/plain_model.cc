#include "tests/recommend/plain_model.h"

#include <algorithm>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace staffroom {
namespace {

bool SameState(const Deed& a, const Deed& b) {
  return a.actor == b.actor && a.kind == b.kind && a.target.kind == b.target.kind && a.target.id == b.target.id;
}

}  // namespace

PlainModel::PlainModel(const std::vector<Told>& told) {
  for (const Told& one : told) {
    if (const auto* account = std::get_if<AccountSpec>(&one)) accounts[account->id] = *account;
    if (const auto* post = std::get_if<PostSpec>(&one)) posts[post->id] = *post;
    if (const auto* resource = std::get_if<ResourceSpec>(&one)) resources[resource->id] = *resource;
    if (const auto* deed = std::get_if<Deed>(&one)) {
      if (deed->kind < storage::IMPRESSION) {
        deeds.erase(
            std::remove_if(deeds.begin(), deeds.end(), [&](const Deed& other) { return SameState(*deed, other); }),
            deeds.end());
      }
      if (!deed->undone) deeds.push_back(*deed);
    }
  }
  for (const Deed& deed : deeds) {
    if (deed.kind == storage::FOLLOW) follows.insert({deed.actor, deed.target.id});
    if (deed.kind == storage::JOIN) joins.insert({deed.actor, deed.target.id});
    if (deed.kind == storage::MUTE) mutes.insert({deed.actor, deed.target.id});
  }
}

bool PlainModel::MayShowAccount(const std::string& viewer, const std::string& id) const {
  const auto account = accounts.find(id);
  if (account == accounts.end()) return false;
  const storage::Exposure exposure = account->second.exposure;
  if (exposure == storage::EVERYBODY) return true;
  if (exposure == storage::NOBODY || viewer.empty()) return false;
  if (viewer == id || ShareJoin(id, viewer)) return true;
  if (exposure == storage::MY_ORGANIZATIONS) return false;
  if (Follows(id, viewer)) return true;
  return std::any_of(follows.begin(), follows.end(), [&](const auto& edge) {
    return edge.first == id && MayOpen(edge.second) && Follows(edge.second, viewer);
  });
}

bool PlainModel::MayShowPost(const std::string& viewer, const std::string& id) const {
  const auto post = posts.find(id);
  if (post == posts.end() || !MayShowAccount(viewer, post->second.author)) return false;
  const std::string& author = post->second.author;
  if (post->second.audience == storage::PUBLIC || viewer == author) return true;
  if (viewer.empty()) return false;
  if (post->second.audience == storage::FOLLOWERS) return MayOpen(viewer) && Follows(viewer, author);
  return ShareJoin(author, viewer);
}

bool PlainModel::MayShowResource(const std::string& viewer, const std::string& id) const {
  const auto resource = resources.find(id);
  if (resource == resources.end()) return false;
  for (const std::string& owner : {resource->second.author, resource->second.publisher}) {
    if (!owner.empty() && !MayShowAccount(viewer, owner)) return false;
  }
  return true;
}

bool PlainModel::IsQuiet(const std::string& id) const {
  const auto account = accounts.find(id);
  return account != accounts.end() && account->second.exposure == storage::NOBODY && account->second.follows_hidden;
}

bool PlainModel::Contributes(const std::string& id) const {
  const auto account = accounts.find(id);
  return account != accounts.end() && account->second.state == storage::ACTIVE && !IsQuiet(id) &&
         !account->second.profiling_off;
}

bool PlainModel::Apart(const std::string& a, const std::string& b) const {
  if (a == b) return false;
  return std::any_of(deeds.begin(), deeds.end(), [&](const Deed& deed) {
    if (deed.kind != storage::BLOCK && deed.kind != storage::REPORT) return false;
    const std::string other = AuthorOf(deed.target);
    return (deed.actor == a && other == b) || (deed.actor == b && other == a);
  });
}

bool PlainModel::Replied(const std::string& actor, const std::string& account) const {
  return std::any_of(deeds.begin(), deeds.end(), [&](const Deed& deed) {
    return deed.kind == storage::REPLY && deed.actor == actor && AuthorOf(deed.target) == account;
  });
}

bool PlainModel::Did(const std::string& actor, const std::set<storage::InteractionKind>& kinds,
                     const ItemRef& item) const {
  return std::any_of(deeds.begin(), deeds.end(), [&](const Deed& deed) {
    return deed.actor == actor && kinds.count(deed.kind) > 0 && deed.target.kind == item.kind &&
           deed.target.id == item.id;
  });
}

bool PlainModel::MayOpen(const std::string& id) const {
  const auto account = accounts.find(id);
  return account != accounts.end() && !IsQuiet(id) && account->second.state == storage::ACTIVE;
}

bool PlainModel::ShareJoin(const std::string& account, const std::string& viewer) const {
  if (!MayOpen(account) || !MayOpen(viewer)) return false;
  if (Joined(account, viewer)) return true;
  return std::any_of(joins.begin(), joins.end(), [&](const auto& join) {
    return join.first == account && MayOpen(join.second) && Joined(viewer, join.second);
  });
}

std::string PlainModel::AuthorOf(const ItemRef& item) const {
  if (item.kind == storage::ITEM_ACCOUNT) return item.id;
  if (item.kind == storage::ITEM_POST) return posts.count(item.id) > 0 ? posts.at(item.id).author : "";
  return resources.count(item.id) > 0 ? resources.at(item.id).author : "";
}

}  // namespace staffroom
