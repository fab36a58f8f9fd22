#ifndef STAFFROOM_SERVICE_RECOMMEND_POPULAR_ITEMS_H_
#define STAFFROOM_SERVICE_RECOMMEND_POPULAR_ITEMS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "service/base/mutex.h"
#include "service/recommend/item.h"
#include "service/views/read_view.h"

namespace staffroom {

// How many accounts point at this one: organic followers, and contributing accounts that answered it (at most 1,000 of
// these are counted). What our own lists caused, and what quiet accounts did, is not in it.
uint32_t PopularityOf(const ReadView& view, AccountOrdinal account);
// How many contributing accounts used it, less those whom only our own lists led to it.
uint32_t PopularityOf(const ReadView& view, ResourceOrdinal resource);

// When the item last gave a sign of life that everybody can see, Unix time: published; created, posted. 0 = unknown.
uint32_t LastSeenOf(const ReadView& view, Item item);

// How popular-but-fresh a thing is: log2(1 + popularity), and up to 4 more while it is new, halving every 30 days. The four
// stand for 15 followers: enough for a newcomer to be seen once, too little to stay. Fixed point, 16 bits after the point.
uint64_t HeatOf(const ReadView& view, Item item, uint32_t now_s);

// The same as an order without ties: equally hot things by hash of id, so that a cut among them hangs on no ordinal.
uint64_t HeatOrder(const ReadView& view, Item item, uint32_t now_s);

// The hottest things of the platform, for the fallback. Finding them means looking at everything, which is too slow to do
// under the lock of a request once there are more than a few thousand; so somebody (the server, again and again) calls
// Rebuild, and requests read the last list and check each entry against their own view. Thread-safe.
//
// A list is at most one rebuild old. It holds no quiet account's doing as of then, and what turned quiet since is dropped by
// the check; so the same list comes out whether or not a quiet account ever was.
class PopularItems {
 public:
  struct List {
    std::vector<uint32_t> hottest;  // by HeatOrder, at most kKept
    uint32_t limit = 1;             // one past the greatest ordinal there was
  };
  struct Lists {
    List accounts, resources;
  };

  // How many of each are kept: all of a platform that has no more, elsewhere enough that most filters leave some; and few
  // enough to look through, at some 50 ns each, when a filter leaves none.
  static constexpr size_t kKept = 20'000;

  // `read` runs its argument on a ReadView; it is called once for every few thousand items, so that the lock is held for a
  // fraction of a millisecond at a time.
  void Rebuild(absl::FunctionRef<void(absl::FunctionRef<void(const ReadView&)>)> read, absl::Time now);

  // The last list, or null before the first Rebuild.
  std::shared_ptr<const Lists> Current() const;

 private:
  mutable Mutex mutex_;
  std::shared_ptr<const Lists> lists_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_POPULAR_ITEMS_H_
