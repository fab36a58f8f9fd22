#include "service/recommend/may_be_shown.h"

#include <algorithm>

#include "absl/types/span.h"
#include "service/recommend/common_accounts.h"

namespace staffroom {
namespace {

// What such an account does may open a door: it exists (who a stub is, and whether it is quiet, nobody knows yet), is not quiet,
// and is not suspended.
bool MayOpen(const ReadView& view, AccountOrdinal account) {
  const AccountFlags flags = view.catalog.flags(account);
  return flags.noticeable() && flags.active();
}

// The two have joined the same organization, or the viewer is one that the account has joined.
bool ShareAnOrganization(const ReadView& view, AccountOrdinal account, AccountOrdinal viewer) {
  if (!MayOpen(view, account) || !MayOpen(view, viewer)) return false;
  const absl::Span<const AccountOrdinal> joined = view.graph.Joined(account);
  if (std::binary_search(joined.begin(), joined.end(), viewer)) return true;
  return AnyCommonAccount(joined, view.graph.Joined(viewer),
                          [&](AccountOrdinal organization) { return MayOpen(view, organization); });
}

bool FollowsTowards(const ReadView& view, AccountOrdinal account, AccountOrdinal viewer) {
  if (view.graph.Follows(account, viewer)) return true;
  return AnyCommonAccount(view.graph.Following(account), view.graph.Followers(viewer),
                          [&](AccountOrdinal middle) { return MayOpen(view, middle); });
}

}  // namespace

bool MayBeShown(const ReadView& view, AccountOrdinal viewer, AccountOrdinal account) {
  const AccountEntry& entry = view.catalog.account(account);
  if (!entry.exists()) return false;
  switch (entry.exposure) {
    case storage::EVERYBODY:
      return true;
    case storage::MY_ORGANIZATIONS:
      return viewer && (viewer == account || ShareAnOrganization(view, account, viewer));
    case storage::FRIENDS_OF_FRIENDS:
      return viewer &&
             (viewer == account || ShareAnOrganization(view, account, viewer) || FollowsTowards(view, account, viewer));
    default:
      return false;
  }
}

bool MayBeShown(const ReadView& view, AccountOrdinal viewer, PostOrdinal post) {
  const PostEntry& entry = view.catalog.post(post);
  if (!entry.exists() || !MayBeShown(view, viewer, entry.author)) return false;
  switch (entry.audience) {
    case storage::PUBLIC:
      return true;
    case storage::FOLLOWERS:
      return viewer && (viewer == entry.author || (MayOpen(view, viewer) && view.graph.Follows(viewer, entry.author)));
    case storage::AUDIENCE_MY_ORGANIZATIONS:
      return viewer && (viewer == entry.author || ShareAnOrganization(view, entry.author, viewer));
    default:
      return false;
  }
}

bool MayBeShown(const ReadView& view, AccountOrdinal viewer, ResourceOrdinal resource) {
  const ResourceEntry& entry = view.catalog.resource(resource);
  if (!entry.exists()) return false;
  if (entry.author && !MayBeShown(view, viewer, entry.author)) return false;
  return !entry.publisher || MayBeShown(view, viewer, entry.publisher);
}

bool MayBeShown(const ReadView& view, AccountOrdinal viewer, Item item) {
  switch (item.kind) {
    case storage::ITEM_ACCOUNT:
      return MayBeShown(view, viewer, item.account());
    case storage::ITEM_POST:
      return MayBeShown(view, viewer, item.post());
    case storage::ITEM_RESOURCE:
      return MayBeShown(view, viewer, item.resource());
    default:
      return false;
  }
}

}  // namespace staffroom
