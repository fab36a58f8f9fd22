#ifndef STAFFROOM_SERVICE_RECOMMEND_SCRATCH_H_
#define STAFFROOM_SERVICE_RECOMMEND_SCRATCH_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "service/base/mutex.h"
#include "service/recommend/candidates.h"
#include "service/recommend/dense_map.h"
#include "storage/records.pb.h"

namespace staffroom {

// The arrays that one request writes on. 12 bytes an account and 8 a resource; empty between requests.
struct Scratch {
  DenseMap<uint16_t> account_marks;  // bit i: filter number i drops it whatever else it is
  DenseMap<uint16_t> resource_marks;
  DenseMap<uint32_t> account_sums;  // a source's own adding up; the source leaves it empty
  DenseMap<uint32_t> resource_sums;
  DenseMap<uint32_t> slots;  // of the wanted kind: place among the candidates
  std::vector<Candidate> candidates;
  int64_t steps = 0;  // how much was looked at, one by one, by those who promise a bound: what tests hold them to

  DenseMap<uint16_t>& marks(storage::ItemKind kind) {
    return kind == storage::ITEM_ACCOUNT ? account_marks : resource_marks;
  }

  // Makes ordinals below the limits addressable.
  struct Limits {
    size_t accounts = 0, resources = 0;
  };
  Limits limits() const { return {account_marks.limit(), resource_marks.limit()}; }
  void Fit(const Limits& limits) {
    account_marks.Fit(limits.accounts);
    account_sums.Fit(limits.accounts);
    resource_marks.Fit(limits.resources);
    resource_sums.Fit(limits.resources);
    slots.Fit(std::max(limits.accounts, limits.resources));
  }

  void Clear() {
    account_marks.Clear();
    resource_marks.Clear();
    account_sums.Clear();
    resource_sums.Clear();
    slots.Clear();
    candidates.clear();
    steps = 0;
  }
};

// Scratches that are not in use: as many as there ever were requests at a time. Thread-safe.
//
// A loan is as large as any that was given back, and somewhat larger, so that a request which takes it before it takes the
// views' lock has nothing to allocate or to fill under it.
class ScratchPool {
 public:
  // Holds a scratch for one request and gives it back empty.
  class Loan {
   public:
    explicit Loan(ScratchPool* pool) : pool_(*pool), scratch_(pool_.Take()) {}
    ~Loan() { pool_.GiveBack(std::move(scratch_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    Scratch& operator*() const { return *scratch_; }

   private:
    ScratchPool& pool_;
    std::unique_ptr<Scratch> scratch_;
  };

 private:
  std::unique_ptr<Scratch> Take() {
    auto [scratch, limits] = TakeIdle();
    if (scratch == nullptr) scratch = std::make_unique<Scratch>();
    scratch->Fit(limits);
    return std::move(scratch);
  }
  std::pair<std::unique_ptr<Scratch>, Scratch::Limits> TakeIdle() {
    MutexLock lock(&mutex_);
    if (idle_.empty()) return {nullptr, limits_};
    std::unique_ptr<Scratch> scratch = std::move(idle_.back());
    idle_.pop_back();
    return {std::move(scratch), limits_};
  }
  void GiveBack(std::unique_ptr<Scratch> scratch) {
    scratch->Clear();
    MutexLock lock(&mutex_);
    const Scratch::Limits used = scratch->limits();
    if (used.accounts > limits_.accounts) limits_.accounts = used.accounts + used.accounts / kRoomShare;
    if (used.resources > limits_.resources) limits_.resources = used.resources + used.resources / kRoomShare;
    idle_.push_back(std::move(scratch));
  }

  static constexpr size_t kRoomShare = 8;  // for what comes while a loan is out

  Mutex mutex_;
  Scratch::Limits limits_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::unique_ptr<Scratch>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_SCRATCH_H_
