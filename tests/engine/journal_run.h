#ifndef STAFFROOM_TESTS_ENGINE_JOURNAL_RUN_H_
#define STAFFROOM_TESTS_ENGINE_JOURNAL_RUN_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/base/limits.h"
#include "service/engine/batch_decider.h"
#include "service/engine/engine_limits.h"
#include "service/engine/purge_queue.h"
#include "service/views/views.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/record_codec.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "tests/engine/answers.h"

namespace staffroom {

// Takes a journal as the engine does, but in batches that the test cuts and with the slices of purges where it says: when a
// purge runs is part of the journal, not of the batching. Mutations bring their times. Not thread-safe.
class JournalRun {
 public:
  JournalRun() { Restart(); }

  // What came of each: "APPLIED@12", or the reason of a refusal.
  std::vector<std::string> Batch(absl::Span<const storage::Mutation> mutations) {
    std::vector<const storage::Mutation*> pointers;
    for (const storage::Mutation& mutation : mutations) pointers.push_back(&mutation);
    BatchDecider decider(store_.TakeSnapshot(), meta_, &views_->decision_reader());
    Must(decider.Prepare(pointers, &sweep_));
    std::vector<std::string> answers;
    for (const storage::Mutation* mutation : pointers) {
      const MutationResult result = decider.Decide(*mutation);
      answers.push_back(Answer(result));
      if (result.status.ok()) absl::StrAppend(&answers.back(), "@", result.revision);
    }
    if (decider.Finish()) {
      Must(store_.Write(decider.batch()));
      meta_ = decider.meta();
      views_->Apply(decider.changes(), meta_.revision);
      purges_.Add(decider.purges());
    }
    largest_batch_ = std::max(largest_batch_, decider.changes().size());
    return answers;
  }

  void FinishPurges(int64_t mutation_time) {
    while (!purges_.empty()) {
      storage::Mutation slice;
      *slice.mutable_purge() = purges_.Take(absl::InfiniteFuture());
      slice.set_mutation_time(mutation_time);
      Batch({slice});
    }
  }

  // Views and purges as a new process finds them.
  void Restart() {
    Views::Options options;
    options.vectors.model_id = "test";
    options.vectors.index.dimensions = 4;
    options.vectors.index.exact_only = true;
    views_ = Must(Views::Create(std::move(options)));
    const auto snapshot = store_.TakeSnapshot();
    meta_ = Must(storage::GetMeta(*snapshot)).value_or(storage::Meta());
    Must(views_->Load(*snapshot, meta_.revision));
    purges_ = PurgeQueue();
    Must(storage::ScanPurges(*snapshot, [this](const storage::Item& item, int64_t) {
      purges_.Add(item);
      return absl::OkStatus();
    }));
  }

  uint64_t Digest() const { return views_->Digest(); }
  const storage::Meta& meta() const { return meta_; }
  std::unique_ptr<storage::Snapshot> TakeSnapshot() const { return store_.TakeSnapshot(); }
  size_t largest_batch() const { return largest_batch_; }  // changes

  // Every byte of the store, less what is too old to decide anything: which batch sweeps that away is left open.
  std::map<std::string, std::string> Bytes() const {
    std::map<std::string, std::string> bytes;
    const auto snapshot = store_.TakeSnapshot();
    for (const storage::Family family : storage::AllFamilies()) {
      for (const auto it = snapshot->Scan(family, "", ""); it->Valid(); it->Next()) {
        if (IsTooOld(family, it->key(), it->value())) continue;
        bytes[absl::StrCat(storage::FamilyName(family), " ", it->key())] = std::string(it->value());
      }
    }
    return bytes;
  }

 private:
  static void Must(const absl::Status& status) {
    if (!status.ok()) std::abort();
  }
  template <typename T>
  static T Must(absl::StatusOr<T> result) {
    Must(result.status());
    return *std::move(result);
  }

  bool IsTooOld(storage::Family family, absl::string_view key, absl::string_view value) const {
    const auto before = [this](absl::Duration kept) { return meta_.mutation_time - absl::ToInt64Microseconds(kept); };
    switch (family) {
      case storage::Family::kIdempotency: {
        storage::IdempotencyRecord record;
        Must(storage::DecodeRecord(family, key, value, &record));
        return record.mutation_time() < before(limits::kRequestIdKept);
      }
      case storage::Family::kIdempotencyByTime:
        return Must(storage::ParseIdempotencyByTimeKey(key)).mutation_time < before(limits::kRequestIdKept);
      case storage::Family::kErasedIds:
        return static_cast<int64_t>(Must(storage::DecodeNumber(family, key, value))) < before(kErasedIdKept);
      default:
        return false;
    }
  }

  storage::MemoryStore store_;
  std::unique_ptr<Views> views_;
  storage::Meta meta_;
  PurgeQueue purges_;
  BatchDecider::Sweep sweep_;
  size_t largest_batch_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_ENGINE_JOURNAL_RUN_H_
