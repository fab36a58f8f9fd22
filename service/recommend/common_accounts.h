#ifndef STAFFROOM_SERVICE_RECOMMEND_COMMON_ACCOUNTS_H_
#define STAFFROOM_SERVICE_RECOMMEND_COMMON_ACCOUNTS_H_

#include <algorithm>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "service/base/ordinal.h"

namespace staffroom {

// Calls `visit` for every account that is in both sorted lists, in order of number, until it answers true; says whether it
// did. Walks the shorter list and searches the longer one: a teacher's 50 follows against 100,000 followers is microseconds.
inline bool AnyCommonAccount(absl::Span<const AccountOrdinal> a, absl::Span<const AccountOrdinal> b,
                             absl::FunctionRef<bool(AccountOrdinal)> visit) {
  if (a.size() > b.size()) std::swap(a, b);
  auto from = b.begin();
  AccountOrdinal last;
  for (const AccountOrdinal account : a) {
    if (account == last) continue;
    last = account;
    from = std::lower_bound(from, b.end(), account);
    if (from == b.end()) return false;
    if (*from == account && visit(account)) return true;
  }
  return false;
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_COMMON_ACCOUNTS_H_
