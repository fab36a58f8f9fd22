#ifndef STAFFROOM_SERVICE_RECOMMEND_SCRATCH_H_
#define STAFFROOM_SERVICE_RECOMMEND_SCRATCH_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "service/base/mutex.h"
#include "service/recommend/candidates.h"
#include "service/recommend/dense_map.h"
#include "service/views/read_view.h"

namespace staffroom {

// The arrays that one request writes on. 12 bytes an account and 8 a resource; empty between requests.
struct Scratch {
  DenseMap<uint16_t> account_marks;  // bit i: filter number i drops it whatever else it is
  DenseMap<uint16_t> resource_marks;
  DenseMap<uint32_t> account_sums;  // a source's own adding up; the source leaves it empty
  DenseMap<uint32_t> resource_sums;
  DenseMap<uint32_t> slots;  // of the wanted kind: place among the candidates
  std::vector<Candidate> candidates;

  DenseMap<uint16_t>& marks(storage::ItemKind kind) {
    return kind == storage::ITEM_ACCOUNT ? account_marks : resource_marks;
  }

  void Fit(const Catalog& catalog) {
    account_marks.Fit(catalog.account_limit());
    account_sums.Fit(catalog.account_limit());
    resource_marks.Fit(catalog.resource_limit());
    resource_sums.Fit(catalog.resource_limit());
    slots.Fit(catalog.account_limit() > catalog.resource_limit() ? catalog.account_limit() : catalog.resource_limit());
  }

  void Clear() {
    account_marks.Clear();
    resource_marks.Clear();
    account_sums.Clear();
    resource_sums.Clear();
    slots.Clear();
    candidates.clear();
  }
};

// Scratches that are not in use: as many as there ever were requests at a time. Thread-safe.
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
    MutexLock lock(&mutex_);
    if (idle_.empty()) return std::make_unique<Scratch>();
    std::unique_ptr<Scratch> scratch = std::move(idle_.back());
    idle_.pop_back();
    return scratch;
  }
  void GiveBack(std::unique_ptr<Scratch> scratch) {
    scratch->Clear();
    MutexLock lock(&mutex_);
    idle_.push_back(std::move(scratch));
  }

  Mutex mutex_;
  std::vector<std::unique_ptr<Scratch>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_SCRATCH_H_
