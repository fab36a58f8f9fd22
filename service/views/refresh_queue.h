#ifndef STAFFROOM_SERVICE_VIEWS_REFRESH_QUEUE_H_
#define STAFFROOM_SERVICE_VIEWS_REFRESH_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "service/base/ordinal.h"

namespace staffroom {

// Accounts whose profile no longer says what the state says: those who acted themselves first, then in order of arrival.
// Not thread-safe.
class RefreshQueue {
 public:
  struct Stale {
    AccountOrdinal account;     // none: nobody is
    bool rewrites_row = false;  // the indexed row follows, however little it differs
  };

  // Something else changed what the account's profile is made of.
  void Mark(AccountOrdinal account) {
    if (MarkAs(account, kStale)) others_.push_back(account);
  }
  // The account itself acted: it may ask at once, and its own answers follow from this.
  void MarkActor(AccountOrdinal account, bool rewrites_row = false) {
    if (!account) return;
    MarkAs(account, rewrites_row ? kStaleAndRewrites : kStale);
    actors_.push_back(account);
  }

  Stale TakeActor() { return Take(actors_); }
  Stale Take() {
    const Stale actor = Take(actors_);
    return actor.account ? actor : Take(others_);
  }

  bool empty() const { return actors_.empty() && others_.empty(); }
  size_t bytes() const { return marks_.capacity() + (actors_.size() + others_.size()) * sizeof(AccountOrdinal); }

 private:
  static constexpr uint8_t kStale = 1, kRewrites = 2, kStaleAndRewrites = kStale | kRewrites;

  // True when it was not marked before.
  bool MarkAs(AccountOrdinal account, uint8_t mark) {
    if (!account) return false;
    if (account.value() >= marks_.size()) marks_.resize(account.value() + 1);
    const bool is_new = marks_[account.value()] == 0;
    marks_[account.value()] = static_cast<uint8_t>(marks_[account.value()] | mark);
    return is_new;
  }
  // Whoever stands in both queues, or twice in one, is taken once: the mark is gone then.
  Stale Take(std::deque<AccountOrdinal>& queue) {
    while (!queue.empty()) {
      const AccountOrdinal account = queue.front();
      queue.pop_front();
      uint8_t& marks = marks_[account.value()];
      if (marks == 0) continue;
      const Stale stale{account, (marks & kRewrites) != 0};
      marks = 0;
      return stale;
    }
    return {};
  }

  std::vector<uint8_t> marks_;  // by account
  std::deque<AccountOrdinal> actors_, others_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_REFRESH_QUEUE_H_
