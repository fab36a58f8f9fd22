#ifndef STAFFROOM_SERVICE_ENGINE_ENGINE_H_
#define STAFFROOM_SERVICE_ENGINE_ENGINE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/base/clock.h"
#include "service/base/mutex.h"
#include "service/engine/batch_decider.h"
#include "service/engine/engine_limits.h"
#include "service/engine/mutation_result.h"
#include "service/engine/purge_queue.h"
#include "service/engine/revision_gate.h"
#include "service/engine/view.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "storage/store.h"

namespace staffroom {

// The write path: many threads submit mutations, one sequencer thread makes them state.
//
//   Submit → queue → sequencer: drain ≤ 100 → decide each, in order → ONE synced WriteBatch → views.Apply → gate → done
//
// Between batches it takes the slow halves of deletions further, a slice at a time: when nobody writes, and after every
// kBatchesBetweenSlices batches when somebody always does.
//
// Invariants:
//  1. State is a pure function of the journal (the mutations in the order they were taken, with their times).
//  2. What is acknowledged is on the disk and visible to reads. What a view shows is on the disk.
//  3. Batching never changes an outcome (OverlaySnapshot); mutation time never runs backwards.
//  4. A failed WriteBatch ends writing: whether it reached the disk is unknown until a restart Loads it. A failed read refuses
//     the mutation that needs it, and no other.
//
// Thread-safe.
class Engine {
 public:
  struct Options {
    size_t batch_mutations = kBatchMutations;
    // What waits for the sequencer at most; more is QUEUE_FULL.
    size_t queue_mutations = kQueueMutations;
    size_t queue_bytes = kQueueBytes;
    // Runs completions; each batch's are one task. They must not run on the sequencer's thread for long: in the server this
    // posts to the request pool. Default: inline.
    std::function<void(absl::AnyInvocable<void()>)> completion_executor;
    // Called once when the store has become read-only: the place to turn health to NOT_SERVING.
    std::function<void(const absl::Status&)> on_read_only;
    // Called on the sequencer's thread about what failed and did not end writing, for the log: `doing` names it.
    std::function<void(absl::string_view doing, const absl::Status&)> on_error;
    // Draws the epoch of a new store; injected, as all randomness.
    std::function<uint64_t()> draw_epoch;
    // Takes a new epoch at the start: revisions given before no longer name what is here (after a restore, or when the last
    // writes may be lost).
    bool renew_epoch = false;
  };

  // `store`, `views` and `clock` must outlive it. Nothing happens before Start.
  Engine(Options options, storage::Store* store, ViewSet* views, const Clock* clock);
  ~Engine();

  // Once: loads the views at the store's last revision and starts the sequencer. DATA_LOSS and FAILED_PRECONDITION of the
  // storage layer; nothing is written unless the store is new. Whatever else is called must be called after it.
  absl::Status Start() ABSL_LOCKS_EXCLUDED(mutex_);

  // Queues a mutation; its time is set here. `done` is called exactly once, also when refused: QUEUE_FULL, READ_ONLY_STORE.
  void Submit(storage::Mutation mutation, MutationDone done) ABSL_LOCKS_EXCLUDED(mutex_);

  // Submits several as neighbours, in their order, each with its own result; refused all or none for lack of room.
  void SubmitAll(std::vector<storage::Mutation> mutations, std::function<void(std::vector<MutationResult>)> done)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Runs `task` on the sequencer's thread between two batches: it sees the views without a lock, and no writer beside it.
  // Writers wait meanwhile; readers do not. Not run at all once the engine stops: `task` is then destroyed.
  void RunBetweenBatches(absl::AnyInvocable<void()> task) ABSL_LOCKS_EXCLUDED(mutex_);

  RevisionGate& gate() { return gate_; }
  uint64_t epoch() const { return epoch_; }
  // Mutation time of the oldest deletion whose purge is not finished, microseconds; 0 = none.
  int64_t oldest_purge_time() const;
  // Slices of purges that could not be decided, since the start; each is tried again.
  int64_t failed_purge_slices() const { return failed_purge_slices_.load(std::memory_order_relaxed); }

  // Finishes what is queued, then ends the sequencer. Later submissions are refused as UNAVAILABLE.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Pending {
    storage::Mutation mutation;
    MutationDone done;
    size_t bytes = 0;  // as counted when it was queued
  };
  // What the sequencer does next: a task, then a batch, then a slice; each may be missing.
  struct Work {
    absl::AnyInvocable<void()> task;
    std::vector<Pending> batch;
    absl::optional<storage::Mutation> slice;
  };

  absl::Status Recover();
  absl::Status FindPurges(const storage::Snapshot& snapshot);
  absl::Status Refusal(size_t mutations, size_t bytes) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  void RunSequencer() ABSL_LOCKS_EXCLUDED(mutex_);
  // None when it is time to end.
  absl::optional<Work> TakeWork() ABSL_LOCKS_EXCLUDED(mutex_);
  void AwaitWork() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool SliceIsDue() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void RunBatch(std::vector<Pending> batch);
  void RunSlice(const storage::Mutation& slice);
  absl::Status DecideAndWrite(absl::Span<const storage::Mutation* const> mutations,
                              std::vector<MutationResult>* results);
  void Tell(absl::string_view doing, const absl::Status& error) const;
  void TurnReadOnly(const absl::Status& why) ABSL_LOCKS_EXCLUDED(mutex_);
  static void Complete(std::vector<Pending> batch, std::vector<MutationResult> results);

  const Options options_;
  storage::Store& store_;
  ViewSet& views_;
  const Clock& clock_;
  RevisionGate gate_;
  uint64_t epoch_ = 0;

  // The sequencer's.
  storage::Meta meta_;
  PurgeQueue purges_;
  int batches_since_slice_ = 0;
  BatchDecider::Sweep sweep_;
  std::atomic<int64_t> failed_purge_slices_{0};

  mutable Mutex mutex_;
  Condition work_;
  std::deque<Pending> queue_ ABSL_GUARDED_BY(mutex_);
  size_t queue_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<absl::AnyInvocable<void()>> tasks_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool read_only_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread sequencer_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_ENGINE_H_
