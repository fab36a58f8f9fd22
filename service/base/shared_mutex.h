#ifndef STAFFROOM_SERVICE_BASE_SHARED_MUTEX_H_
#define STAFFROOM_SERVICE_BASE_SHARED_MUTEX_H_

#include <atomic>
#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace staffroom {

// The longest holds of a SharedMutex, in CPU time of the holding threads: what they did under the lock, however often they
// were made to wait for a core.
struct LongestHolds {
  absl::Duration shared, exclusive;
};

// A reader-writer lock that is fair to the writer, over absl::Mutex.
// Why not std::shared_mutex: with glibc's readers-first lock the writer got in once in three seconds under load.
// Why a class of our own: Debian's Abseil is built without ThreadSanitizer's annotations, so TSan would report every access
// behind an absl::Mutex as a race; the .cc tells it through the __tsan_mutex_* interface.
class ABSL_LOCKABLE SharedMutex {
 public:
  SharedMutex();
  ~SharedMutex();
  SharedMutex(const SharedMutex&) = delete;
  SharedMutex& operator=(const SharedMutex&) = delete;

  void WriterLock() ABSL_EXCLUSIVE_LOCK_FUNCTION();
  void WriterUnlock() ABSL_UNLOCK_FUNCTION();
  void ReaderLock() ABSL_SHARED_LOCK_FUNCTION();
  void ReaderUnlock() ABSL_UNLOCK_FUNCTION();

  // Of the holds by WriterLock and ReaderLock since the last call; those that are still held are not in it.
  LongestHolds TakeLongestHolds();

 private:
  friend class WriterLock;
  friend class ReaderLock;
  using Longest = std::atomic<int64_t>;
  static int64_t CpuNanoseconds();  // of this thread; some 200 ns
  static void NoteHold(int64_t nanoseconds, Longest& longest);

  absl::Mutex mutex_;
  Longest longest_shared_ns_ = 0, longest_exclusive_ns_ = 0;
};

class ABSL_SCOPED_LOCKABLE WriterLock {
 public:
  explicit WriterLock(SharedMutex* mutex) ABSL_EXCLUSIVE_LOCK_FUNCTION(mutex) : mutex_(mutex) {
    mutex_->WriterLock();
    began_ns_ = SharedMutex::CpuNanoseconds();
  }
  ~WriterLock() ABSL_UNLOCK_FUNCTION() {
    SharedMutex::NoteHold(SharedMutex::CpuNanoseconds() - began_ns_, mutex_->longest_exclusive_ns_);
    mutex_->WriterUnlock();
  }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  SharedMutex* const mutex_;
  int64_t began_ns_ = 0;
};

class ABSL_SCOPED_LOCKABLE ReaderLock {
 public:
  explicit ReaderLock(SharedMutex* mutex) ABSL_SHARED_LOCK_FUNCTION(mutex) : mutex_(mutex) {
    mutex_->ReaderLock();
    began_ns_ = SharedMutex::CpuNanoseconds();
  }
  ~ReaderLock() ABSL_UNLOCK_FUNCTION() {
    SharedMutex::NoteHold(SharedMutex::CpuNanoseconds() - began_ns_, mutex_->longest_shared_ns_);
    mutex_->ReaderUnlock();
  }
  ReaderLock(const ReaderLock&) = delete;
  ReaderLock& operator=(const ReaderLock&) = delete;

 private:
  SharedMutex* const mutex_;
  int64_t began_ns_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_BASE_SHARED_MUTEX_H_
