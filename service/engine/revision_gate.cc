#include "service/engine/revision_gate.h"

#include <algorithm>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/base/clock.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/base/mutex.h"
#include "service/engine/engine_limits.h"

namespace staffroom {

RevisionGate::RevisionGate(const Clock* clock) : clock_(*clock) {}

RevisionGate::~RevisionGate() {
  std::thread thread;
  {
    MutexLock lock(&mutex_);
    stopping_ = true;
    timer_.NotifyAll();
    thread.swap(thread_);
  }
  if (thread.joinable()) thread.join();
}

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
    for (auto it = waiting_.begin(); it != beyond; ++it) reached.push_back(std::move(it->second.done));
    waiting_.erase(waiting_.begin(), beyond);
  }
  for (const Done& done : reached) done(absl::OkStatus());
}

void RevisionGate::Close(const absl::Status& why) {
  std::multimap<uint64_t, Waiting> waiting;
  {
    MutexLock lock(&mutex_);
    closed_ = why;
    waiting.swap(waiting_);
  }
  for (const auto& [revision, read] : waiting) read.done(why);
}

void RevisionGate::Await(uint64_t revision, absl::Time deadline, Done done) {
  const absl::Time until = std::min(deadline, clock_.Now() + limits::kMinRevisionWait);
  absl::Status answer;
  {
    MutexLock lock(&mutex_);
    if (revision > committed_) {
      answer = RevisionFromTheFuture();
    } else if (revision > applied_) {
      if (closed_.ok() && waiting_.size() < kParkedReads) {
        waiting_.emplace(revision, Waiting{until, std::move(done)});
        if (!thread_.joinable()) thread_ = std::thread(&RevisionGate::RunTimer, this);
        if (until < timer_until_) timer_.NotifyAll();
        return;
      }
      answer = closed_.ok() ? QueueFull("the queue of reads that wait for a revision", kQueueRetry) : closed_;
    }
  }
  done(answer);
}

void RevisionGate::AnswerOverdue() {
  std::vector<Done> overdue;
  {
    MutexLock lock(&mutex_);
    const absl::Time now = clock_.Now();
    for (auto it = waiting_.begin(); it != waiting_.end();) {
      if (it->second.until > now) {
        ++it;
        continue;
      }
      overdue.push_back(std::move(it->second.done));
      it = waiting_.erase(it);
    }
  }
  for (const Done& done : overdue) {
    done(absl::DeadlineExceededError("the revision asked for was not applied in time"));
  }
}

absl::Time RevisionGate::EarliestUntil() const {
  absl::Time earliest = absl::InfiniteFuture();
  for (const auto& [revision, read] : waiting_) earliest = std::min(earliest, read.until);
  return earliest;
}

// Sleeps until the first of those who wait now is overdue. Those who come later are woken for only when they are due before.
void RevisionGate::RunTimer() {
  while (true) {
    {
      MutexLock lock(&mutex_);
      while (!stopping_ && waiting_.empty()) {
        timer_until_ = absl::InfiniteFuture();
        timer_.Wait(&mutex_);
      }
      if (stopping_) return;
      timer_until_ = EarliestUntil();
      const absl::Duration left = timer_until_ - clock_.Now();
      if (left > absl::ZeroDuration()) timer_.WaitFor(&mutex_, std::min(left, limits::kMinRevisionWait));
    }
    AnswerOverdue();
  }
}

uint64_t RevisionGate::applied() const {
  MutexLock lock(&mutex_);
  return applied_;
}

}  // namespace staffroom
