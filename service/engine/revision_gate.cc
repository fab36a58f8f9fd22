#include "service/engine/revision_gate.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "service/base/errors.h"
#include "service/base/mutex.h"
#include "service/engine/engine_limits.h"

namespace staffroom {

void RevisionGate::Committed(uint64_t revision) {
  MutexLock lock(&mutex_);
  committed_ = revision;
}

void RevisionGate::Open(uint64_t revision) {
  std::vector<Done> reached;
  {
    MutexLock lock(&mutex_);
    applied_ = revision;
    committed_ = revision;
    const auto beyond = waiting_.upper_bound(revision);
    for (auto it = waiting_.begin(); it != beyond; ++it) reached.push_back(std::move(it->second));
    waiting_.erase(waiting_.begin(), beyond);
  }
  for (const Done& done : reached) done(absl::OkStatus());
}

void RevisionGate::Close(const absl::Status& why) {
  std::multimap<uint64_t, Done> waiting;
  {
    MutexLock lock(&mutex_);
    closed_ = why;
    waiting.swap(waiting_);
  }
  for (const auto& [revision, done] : waiting) done(why);
}

void RevisionGate::Await(uint64_t revision, Done done) {
  absl::Status answer;
  {
    MutexLock lock(&mutex_);
    if (revision > committed_) {
      answer = RevisionFromTheFuture();
    } else if (revision > applied_) {
      if (closed_.ok() && waiting_.size() < kParkedReads) {
        waiting_.emplace(revision, std::move(done));
        return;
      }
      answer = closed_.ok() ? QueueFull("the queue of reads that wait for a revision", kQueueRetry) : closed_;
    }
  }
  done(answer);
}

uint64_t RevisionGate::applied() const {
  MutexLock lock(&mutex_);
  return applied_;
}

}  // namespace staffroom
