#ifndef STAFFROOM_SERVICE_RECOMMEND_MAY_BE_SHOWN_H_
#define STAFFROOM_SERVICE_RECOMMEND_MAY_BE_SHOWN_H_

#include "service/base/ordinal.h"
#include "service/recommend/item.h"
#include "service/views/read_view.h"

// Who may be seen by whom. This is the one function that answers it, for every source, filter, reason, search, similar,
// digest and explain; whoever shows something asks here.
//
//   exposure of the account   shown to the viewer when
//   EVERYBODY                 always, also to a visitor without an account
//   MY_ORGANIZATIONS          both have a standing JOIN to the same account, or the viewer is that account: an organization
//                             sees its members (and everybody sees itself)
//   FRIENDS_OF_FRIENDS        as MY_ORGANIZATIONS, or the account follows the viewer, or follows somebody who is not quiet
//                             and follows the viewer: the path starts at the account, so nobody pushes in by following
//   NOBODY                    never: not by exact id, not to followers
//
// Stubs and erased accounts are never shown. Edges and joins of quiet accounts open nothing, so that an answer cannot tell
// whether there is one; nor do those of stubs, who may turn out to be quiet, and of suspended accounts. Follows that an account
// hides do open paths: they are its own invitation, and are not named.
//
// A post needs its author shown, and its audience: PUBLIC is everybody, FOLLOWERS are standing followers (and the author),
// MY_ORGANIZATIONS those who share a JOIN with the author, or whom it joined (and the author). A resource needs its author and
// its publisher shown, where set.
//
// What moderators took down is another question (IsActive), and so are blocks: this one is about what the account wants.
namespace staffroom {

// `viewer` none: a visitor without an account. Cost: O(1) for EVERYBODY and NOBODY, else O(short list × log long list).
bool MayBeShown(const ReadView& view, AccountOrdinal viewer, AccountOrdinal account);
bool MayBeShown(const ReadView& view, AccountOrdinal viewer, PostOrdinal post);
bool MayBeShown(const ReadView& view, AccountOrdinal viewer, ResourceOrdinal resource);
bool MayBeShown(const ReadView& view, AccountOrdinal viewer, Item item);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_MAY_BE_SHOWN_H_
