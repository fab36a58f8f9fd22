#ifndef STAFFROOM_TESTS_SUPPORT_FAULT_STORE_H_
#define STAFFROOM_TESTS_SUPPORT_FAULT_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "storage/annotated_mutex.h"
#include "storage/family.h"
#include "storage/store.h"

namespace staffroom {

// A store whose writes and reads fail when the test says so; the rest is the store that it borrows. Thread-safe.
// A failed read is of one entry: Get and MultiGet of its key fail, and a Scan ends at it, as over a damaged block; also through
// snapshots taken before. A failed write leaves nothing behind. Writes after it go through again and are counted, so that a test can see that
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

  // Which entries cannot be read from now on, and what is said then; an empty function: all can.
  using ReadFault = std::function<absl::Status(storage::Family family, absl::string_view key)>;
  void FailReads(ReadFault fault) {
    storage::AnnotatedLock lock(&mutex_);
    read_fault_ = std::move(fault);
  }
  // All entries of a family.
  void FailReadsOf(storage::Family broken) {
    FailReads([broken](storage::Family family, absl::string_view) {
      return family == broken ? absl::DataLossError("a damaged block") : absl::OkStatus();
    });
  }
  void HealReads() { FailReads(nullptr); }

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
  std::unique_ptr<storage::Snapshot> TakeSnapshot() const override {
    return std::make_unique<FaultSnapshot>(*this, inner_->TakeSnapshot());
  }
  int64_t reads() const override { return inner_->reads(); }
  int64_t bytes_on_disk() const override { return inner_->bytes_on_disk(); }

 private:
  class FaultIterator : public storage::Iterator {
   public:
    FaultIterator(const FaultStore& store, storage::Family family, std::unique_ptr<storage::Iterator> inner)
        : store_(store), family_(family), inner_(std::move(inner)) {
      Look();
    }
    bool Valid() const override { return fault_.ok() && inner_->Valid(); }
    void Next() override {
      inner_->Next();
      Look();
    }
    absl::string_view key() const override { return inner_->key(); }
    absl::string_view value() const override { return inner_->value(); }
    absl::Status status() const override { return fault_.ok() ? inner_->status() : fault_; }

   private:
    void Look() {
      if (inner_->Valid()) fault_ = store_.FaultOf(family_, inner_->key());
    }
    const FaultStore& store_;
    const storage::Family family_;
    const std::unique_ptr<storage::Iterator> inner_;
    absl::Status fault_;
  };

  class FaultSnapshot : public storage::Snapshot {
   public:
    FaultSnapshot(const FaultStore& store, std::unique_ptr<storage::Snapshot> inner)
        : store_(store), inner_(std::move(inner)) {}
    absl::StatusOr<absl::optional<std::string>> Get(storage::Family family, absl::string_view key) const override {
      if (absl::Status fault = store_.FaultOf(family, key); !fault.ok()) return fault;
      return inner_->Get(family, key);
    }
    absl::StatusOr<std::vector<absl::optional<std::string>>> MultiGet(
        absl::Span<const storage::FamilyKey> keys) const override {
      for (const storage::FamilyKey& key : keys) {
        if (absl::Status fault = store_.FaultOf(key.family, key.key); !fault.ok()) return fault;
      }
      return inner_->MultiGet(keys);
    }
    std::unique_ptr<storage::Iterator> Scan(storage::Family family, absl::string_view first,
                                            absl::string_view past_last) const override {
      return std::make_unique<FaultIterator>(store_, family, inner_->Scan(family, first, past_last));
    }

   private:
    const FaultStore& store_;
    const std::unique_ptr<storage::Snapshot> inner_;
  };

  absl::Status FaultOf(storage::Family family, absl::string_view key) const {
    ReadFault fault;
    {
      storage::AnnotatedLock lock(&mutex_);
      fault = read_fault_;
    }
    return fault ? fault(family, key) : absl::OkStatus();
  }

  storage::Store* const inner_;
  mutable storage::AnnotatedMutex mutex_;
  absl::Status fault_ ABSL_GUARDED_BY(mutex_);
  ReadFault read_fault_ ABSL_GUARDED_BY(mutex_);
  int successes_left_ ABSL_GUARDED_BY(mutex_) = 0;
  bool has_failed_ ABSL_GUARDED_BY(mutex_) = false;
  int writes_after_fault_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_FAULT_STORE_H_
