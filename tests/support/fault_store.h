#ifndef STAFFROOM_TESTS_SUPPORT_FAULT_STORE_H_
#define STAFFROOM_TESTS_SUPPORT_FAULT_STORE_H_

#include <cstdint>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "storage/annotated_mutex.h"
#include "storage/store.h"

namespace staffroom {

// A store whose writes fail when the test says so; reads are those of the store it borrows. Thread-safe.
// A failed write leaves nothing behind. Writes after it go through again and are counted, so that a test can see that
// nobody makes them: a store that failed a write must not be written again. Link staffroom_storage to use it.
class FaultStore : public storage::Store {
 public:
  explicit FaultStore(storage::Store* inner) : inner_(inner) {}

  // The write after `successes` more good ones fails with `status`.
  void FailWriteAfter(int successes, absl::Status status) {
    storage::AnnotatedLock lock(&mutex_);
    successes_left_ = successes;
    fault_ = std::move(status);
  }
  int writes_after_fault() const {
    storage::AnnotatedLock lock(&mutex_);
    return writes_after_fault_;
  }

  absl::Status Write(const storage::WriteBatch& batch) override {
    {
      storage::AnnotatedLock lock(&mutex_);
      if (has_failed_) ++writes_after_fault_;
      if (!has_failed_ && !fault_.ok() && successes_left_-- == 0) {
        has_failed_ = true;
        return fault_;
      }
    }
    return inner_->Write(batch);
  }
  std::unique_ptr<storage::Snapshot> TakeSnapshot() const override { return inner_->TakeSnapshot(); }
  int64_t reads() const override { return inner_->reads(); }
  int64_t bytes_on_disk() const override { return inner_->bytes_on_disk(); }

 private:
  storage::Store* const inner_;
  mutable storage::AnnotatedMutex mutex_;
  absl::Status fault_ ABSL_GUARDED_BY(mutex_);
  int successes_left_ ABSL_GUARDED_BY(mutex_) = 0;
  bool has_failed_ ABSL_GUARDED_BY(mutex_) = false;
  int writes_after_fault_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_FAULT_STORE_H_
