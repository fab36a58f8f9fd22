#include "service/engine/engine.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/base/errors.h"
#include "service/base/mutex.h"
#include "storage/record_io.h"
#include "storage/write_batch.h"

namespace staffroom {
Engine::Engine(Options options, storage::Store* store, ViewSet* views, const Clock* clock)
    : options_(std::move(options)), store_(*store), views_(*views), clock_(*clock), gate_(clock) {}

Engine::~Engine() { Stop(); }

absl::Status Engine::Start() {
  if (absl::Status status = Recover(); !status.ok()) return status;
  sequencer_ = std::thread(&Engine::RunSequencer, this);
  return absl::OkStatus();
}

absl::Status Engine::Recover() {
  absl::StatusOr<absl::optional<storage::Meta>> meta = storage::GetMeta(*store_.TakeSnapshot());
  if (!meta.ok()) return meta.status();
  if (!meta->has_value() || options_.renew_epoch) {
    storage::Meta renewed = meta->value_or(storage::Meta());
    renewed.epoch = options_.draw_epoch ? options_.draw_epoch() : renewed.epoch + 1;
    storage::WriteBatch batch;
    storage::PutMeta(&batch, renewed);
    if (absl::Status status = store_.Write(batch); !status.ok()) return status;
    *meta = renewed;
  }
  meta_ = **meta;
  epoch_ = meta_.epoch;
  const std::unique_ptr<storage::Snapshot> snapshot = store_.TakeSnapshot();
  if (absl::Status status = views_.Load(*snapshot, meta_.revision); !status.ok()) return status;
  gate_.Open(meta_.revision);
  return FindPurges(*snapshot);
}

absl::Status Engine::FindPurges(const storage::Snapshot& snapshot) {
  return storage::ScanPurges(snapshot, [this](const storage::Item& item, int64_t) {
    purges_.Add(item);
    return absl::OkStatus();
  });
}

absl::Status Engine::Refusal(size_t mutations, size_t bytes) const {
  if (stopping_) return NotServing("the server is shutting down", absl::Seconds(5));
  if (read_only_) return ReadOnlyStore();
  if (queue_.size() + mutations > options_.queue_mutations || queue_bytes_ + bytes > options_.queue_bytes) {
    return QueueFull("the queue of writes", kQueueRetry);
  }
  return absl::OkStatus();
}

void Engine::Submit(storage::Mutation mutation, MutationDone done) {
  const size_t bytes = mutation.ByteSizeLong();
  absl::Status refusal;
  {
    MutexLock lock(&mutex_);
    refusal = Refusal(1, bytes);
    if (refusal.ok()) {
      mutation.set_mutation_time(absl::ToUnixMicros(clock_.Now()));
      queue_bytes_ += bytes;
      queue_.push_back({std::move(mutation), std::move(done), bytes});
      work_.NotifyOne();
      return;
    }
  }
  done({refusal});
}

void Engine::SubmitAll(std::vector<storage::Mutation> mutations,
                       std::function<void(std::vector<MutationResult>)> done) {
  // Completions may come from several batches, on several threads: the last one to be answered answers for all.
  struct Gathered {
    std::vector<MutationResult> results;
    std::atomic<size_t> missing;
    std::function<void(std::vector<MutationResult>)> done;
  };
  auto gathered = std::make_shared<Gathered>();
  gathered->results.resize(mutations.size());
  gathered->missing = mutations.size();
  gathered->done = std::move(done);
  std::vector<size_t> sizes;
  sizes.reserve(mutations.size());
  for (const storage::Mutation& mutation : mutations) sizes.push_back(mutation.ByteSizeLong());
  const size_t bytes = std::accumulate(sizes.begin(), sizes.end(), size_t{0});
  absl::Status refusal;
  {
    MutexLock lock(&mutex_);
    refusal = Refusal(mutations.size(), bytes);
    if (refusal.ok() && !mutations.empty()) {
      queue_bytes_ += bytes;
      const int64_t time = absl::ToUnixMicros(clock_.Now());
      for (size_t i = 0; i < mutations.size(); ++i) {
        mutations[i].set_mutation_time(time);
        auto answered = [gathered, i](const MutationResult& result) {
          gathered->results[i] = result;
          if (gathered->missing.fetch_sub(1) == 1) gathered->done(std::move(gathered->results));
        };
        queue_.push_back({std::move(mutations[i]), std::move(answered), sizes[i]});
      }
      work_.NotifyOne();
      return;
    }
  }
  gathered->done(std::vector<MutationResult>(mutations.size(), MutationResult{refusal}));
}

void Engine::RunBetweenBatches(absl::AnyInvocable<void()> task) {
  MutexLock lock(&mutex_);
  if (stopping_) return;
  tasks_.push_back(std::move(task));
  work_.NotifyOne();
}

int64_t Engine::oldest_purge_time() const {
  int64_t oldest = 0;
  const absl::Status ignored = storage::ScanPurges(*store_.TakeSnapshot(), [&](const storage::Item&, int64_t time) {
    if (oldest == 0 || time < oldest) oldest = time;
    return absl::OkStatus();
  });
  static_cast<void>(ignored);  // a damaged entry shows itself where purges run
  return oldest;
}

void Engine::Stop() {
  {
    MutexLock lock(&mutex_);
    stopping_ = true;
    work_.NotifyAll();
  }
  if (sequencer_.joinable()) sequencer_.join();
  gate_.Close(NotServing("the server is shutting down", absl::Seconds(5)));
}

void Engine::RunSequencer() {
  while (absl::optional<Work> work = TakeWork()) {
    if (work->task != nullptr) work->task();
    if (!work->batch.empty()) RunBatch(std::move(work->batch));
    if (work->slice.has_value()) RunSlice(*work->slice);
  }
}

bool Engine::SliceIsDue() const {
  if (read_only_ || stopping_ || !purges_.IsDue(clock_.Now())) return false;
  return queue_.empty() || batches_since_slice_ >= kBatchesBetweenSlices;
}

void Engine::AwaitWork() {
  while (queue_.empty() && tasks_.empty() && !stopping_ && !SliceIsDue()) {
    if (purges_.empty() || read_only_) {
      work_.Wait(&mutex_);
    } else {
      work_.WaitFor(&mutex_, absl::Seconds(1));  // one that failed is due again at a time of the injected clock
    }
  }
}

absl::optional<Engine::Work> Engine::TakeWork() {
  MutexLock lock(&mutex_);
  AwaitWork();
  Work work;
  if (!tasks_.empty()) {
    work.task = std::move(tasks_.front());
    tasks_.pop_front();
  }
  if (SliceIsDue()) {
    work.slice.emplace();
    *work.slice->mutable_purge() = purges_.Take(clock_.Now());
    work.slice->set_mutation_time(absl::ToUnixMicros(clock_.Now()));
    batches_since_slice_ = 0;
  }
  while (!queue_.empty() && work.batch.size() < options_.batch_mutations) {
    queue_bytes_ -= queue_.front().bytes;
    work.batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  if (work.task == nullptr && work.batch.empty() && !work.slice.has_value()) return absl::nullopt;
  batches_since_slice_ += work.batch.empty() ? 0 : 1;
  return work;
}

void Engine::RunBatch(std::vector<Pending> batch) {
  std::vector<const storage::Mutation*> mutations;
  mutations.reserve(batch.size());
  for (const Pending& pending : batch) mutations.push_back(&pending.mutation);
  std::vector<MutationResult> results;
  const absl::Status written = DecideAndWrite(mutations, &results);
  if (!written.ok()) {
    TurnReadOnly(written);
    results.assign(batch.size(), MutationResult{ReadOnlyStore()});
  }
  auto complete = [batch = std::move(batch), results = std::move(results)]() mutable {
    Complete(std::move(batch), std::move(results));
  };
  if (options_.completion_executor) {
    options_.completion_executor(std::move(complete));
  } else {
    complete();
  }
}

void Engine::RunSlice(const storage::Mutation& slice) {
  std::vector<MutationResult> results;
  if (absl::Status written = DecideAndWrite({&slice}, &results); !written.ok()) return TurnReadOnly(written);
  if (results.front().status.ok()) return;
  failed_purge_slices_.fetch_add(1, std::memory_order_relaxed);
  Tell("a slice of a purge; it will be tried again", results.front().status);
  purges_.Failed(slice.purge(), clock_.Now());
}

void Engine::Tell(absl::string_view doing, const absl::Status& error) const {
  if (options_.on_error) options_.on_error(doing, error);
}

// Decide, write, show: in that order, so that what a view shows is on the disk. An error: nothing more may be written.
absl::Status Engine::DecideAndWrite(absl::Span<const storage::Mutation* const> mutations,
                                    std::vector<MutationResult>* results) {
  {
    MutexLock lock(&mutex_);
    if (read_only_) return ReadOnlyStore();
  }
  BatchDecider decider(store_.TakeSnapshot(), meta_, &views_.decision_reader());
  if (absl::Status status = decider.Prepare(mutations, &sweep_); !status.ok()) {
    Tell("reading ahead of a batch, or forgetting what is too old; the batch is decided all the same", status);
  }
  for (const storage::Mutation* mutation : mutations) results->push_back(decider.Decide(*mutation));
  if (!decider.Finish()) return absl::OkStatus();
  if (absl::Status status = store_.Write(decider.batch()); !status.ok()) return status;
  meta_ = decider.meta();
  gate_.Committed(meta_.revision);
  views_.Apply(decider.changes(), meta_.revision);
  purges_.Add(decider.purges());
  gate_.Open(meta_.revision);
  return absl::OkStatus();
}

void Engine::TurnReadOnly(const absl::Status& why) {
  {
    MutexLock lock(&mutex_);
    if (read_only_) return;
    read_only_ = true;
  }
  gate_.Close(ReadOnlyStore());
  if (options_.on_read_only) options_.on_read_only(why);
}

void Engine::Complete(std::vector<Pending> batch, std::vector<MutationResult> results) {
  for (size_t i = 0; i < batch.size(); ++i) batch[i].done(results[i]);
}

}  // namespace staffroom
