#include "tests/bench/load_client.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"
#include "tests/support/rpc_status.h"

namespace staffroom {
namespace {

// One run: what its slots share. Thread-safe.
class Run {
 public:
  Run(const LoadPlan& plan, uint64_t first_call, int in_flight, absl::Duration duration)
      : plan_(plan), next_call_(first_call), begin_(absl::Now()), end_(begin_ + duration), slots_left_(in_flight) {}

  // The next call, or none when the time is over.
  std::optional<LoadCall> Next() {
    if (absl::Now() >= end_ || failed_.load(std::memory_order_relaxed)) return std::nullopt;
    return plan_(next_call_.fetch_add(1, std::memory_order_relaxed));
  }
  void Answered(const LoadCall& call, const grpc::Status& status) {
    if (!status.ok()) return Fail(FromRpc(status, *call.method));
    if (call.counts && absl::Now() < end_) answered_.fetch_add(1, std::memory_order_relaxed);
  }
  void SlotEnded() { slots_left_.DecrementCount(); }

  LoadResult Wait() {
    slots_left_.Wait();
    absl::MutexLock lock(&mutex_);
    return {answered_.load(), end_ - begin_, status_};
  }
  uint64_t next_call() const { return next_call_.load(); }

 private:
  void Fail(const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    status_.Update(status);
    failed_.store(true, std::memory_order_relaxed);
  }

  const LoadPlan& plan_;
  std::atomic<uint64_t> next_call_;
  const absl::Time begin_;
  const absl::Time end_;
  std::atomic<int64_t> answered_{0};
  std::atomic<bool> failed_{false};
  absl::BlockingCounter slots_left_;
  absl::Mutex mutex_;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

// One call in flight after another.
class Slot {
 public:
  Slot(grpc::GenericStub& stub, Run& run) : stub_(stub), run_(run) {}

  void StartNext() {
    const std::optional<LoadCall> call = run_.Next();
    if (!call.has_value()) return run_.SlotEnded();
    context_.emplace();
    response_.Clear();
    stub_.UnaryCall(&*context_, *call->method, grpc::StubOptions(), call->request, &response_,
                    [this, call = *call](const grpc::Status& status) {
                      run_.Answered(call, status);
                      StartNext();
                    });
  }

 private:
  grpc::GenericStub& stub_;
  Run& run_;
  std::optional<grpc::ClientContext> context_;
  grpc::ByteBuffer response_;
};

}  // namespace

LoadClient::LoadClient(const std::vector<std::shared_ptr<grpc::Channel>>& channels) {
  for (const std::shared_ptr<grpc::Channel>& channel : channels) {
    stubs_.push_back(std::make_unique<grpc::GenericStub>(channel));
  }
}

LoadResult LoadClient::Run(const LoadPlan& plan, int in_flight, absl::Duration duration) {
  class Run run(plan, next_call_, in_flight, duration);
  std::vector<std::unique_ptr<Slot>> slots;
  for (int i = 0; i < in_flight; ++i) slots.push_back(std::make_unique<Slot>(*stubs_[i % stubs_.size()], run));
  for (const std::unique_ptr<Slot>& slot : slots) slot->StartNext();
  LoadResult result = run.Wait();
  next_call_ = run.next_call();
  return result;
}

}  // namespace staffroom
