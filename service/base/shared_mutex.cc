#include "service/base/shared_mutex.h"

#include <ctime>

#if defined(__SANITIZE_THREAD__)
#define STAFFROOM_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define STAFFROOM_TSAN 1
#endif
#endif

#ifdef STAFFROOM_TSAN
#include <sanitizer/tsan_interface.h>
#else
// The same names as TSan's interface, doing nothing. NOLINTBEGIN(bugprone-reserved-identifier)
#define __tsan_mutex_create(address, flags) (void)(address)
#define __tsan_mutex_destroy(address, flags) (void)(address)
#define __tsan_mutex_pre_lock(address, flags) (void)(address)
#define __tsan_mutex_post_lock(address, flags, recursion) (void)(address)
#define __tsan_mutex_pre_unlock(address, flags) (void)(address)
#define __tsan_mutex_post_unlock(address, flags) (void)(address)
// NOLINTEND(bugprone-reserved-identifier)
#endif

namespace staffroom {

SharedMutex::SharedMutex() { __tsan_mutex_create(this, __tsan_mutex_not_static); }
SharedMutex::~SharedMutex() { __tsan_mutex_destroy(this, __tsan_mutex_not_static); }

void SharedMutex::WriterLock() {
  __tsan_mutex_pre_lock(this, 0);
  mutex_.WriterLock();
  __tsan_mutex_post_lock(this, 0, 0);
}

void SharedMutex::WriterUnlock() {
  __tsan_mutex_pre_unlock(this, 0);
  mutex_.WriterUnlock();
  __tsan_mutex_post_unlock(this, 0);
}

void SharedMutex::ReaderLock() {
  __tsan_mutex_pre_lock(this, __tsan_mutex_read_lock);
  mutex_.ReaderLock();
  __tsan_mutex_post_lock(this, __tsan_mutex_read_lock, 0);
}

void SharedMutex::ReaderUnlock() {
  __tsan_mutex_pre_unlock(this, __tsan_mutex_read_lock);
  mutex_.ReaderUnlock();
  __tsan_mutex_post_unlock(this, __tsan_mutex_read_lock);
}

LongestHolds SharedMutex::TakeLongestHolds() {
  return {absl::Nanoseconds(longest_shared_ns_.exchange(0, std::memory_order_relaxed)),
          absl::Nanoseconds(longest_exclusive_ns_.exchange(0, std::memory_order_relaxed))};
}

int64_t SharedMutex::CpuNanoseconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return absl::ToInt64Nanoseconds(absl::DurationFromTimespec(now));
}

void SharedMutex::NoteHold(int64_t nanoseconds, Longest& longest) {
  int64_t before = longest.load(std::memory_order_relaxed);
  while (before < nanoseconds && !longest.compare_exchange_weak(before, nanoseconds, std::memory_order_relaxed)) {
  }
}

}  // namespace staffroom
