#include "service/dispatch/readiness.h"

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/base/errors.h"

namespace staffroom {
namespace {

constexpr absl::Duration kRetryRecovering = absl::Seconds(1);
constexpr absl::Duration kRetryDraining = absl::Seconds(1);

}  // namespace

absl::string_view PhaseName(Phase phase) {
  switch (phase) {
    case Phase::kRecovering:
      return "recovering";
    case Phase::kServing:
      return "serving";
    case Phase::kReadOnly:
      return "read_only";
    case Phase::kDraining:
      return "draining";
  }
  return "unknown";
}

absl::Status Readiness::AdmitsCalls() const {
  switch (phase()) {
    case Phase::kServing:
    case Phase::kReadOnly:
      return absl::OkStatus();
    case Phase::kRecovering:
      return NotServing("the server is recovering", kRetryRecovering);
    case Phase::kDraining:
      return NotServing("the server is draining", kRetryDraining);
  }
  return absl::InternalError("readiness holds no phase");
}

void Readiness::Set(Phase phase) {
  const MutexLock lock(&mutex_);
  MoveTo(phase);
}

void Readiness::Advance(Phase from, Phase to) {
  const MutexLock lock(&mutex_);
  if (phase_.load(std::memory_order_relaxed) == from) MoveTo(to);
}

void Readiness::MoveTo(Phase phase) {
  const Phase before = phase_.load(std::memory_order_relaxed);
  if (before == phase || before == Phase::kDraining) return;
  phase_.store(phase, std::memory_order_release);
  for (const auto& [subscription, listener] : listeners_) listener(phase);
}

int64_t Readiness::Subscribe(Listener listener) {
  const MutexLock lock(&mutex_);
  listener(phase_.load(std::memory_order_relaxed));
  listeners_.emplace(next_subscription_, std::move(listener));
  return next_subscription_++;
}

void Readiness::Unsubscribe(int64_t subscription) {
  const MutexLock lock(&mutex_);
  listeners_.erase(subscription);
}

}  // namespace staffroom
