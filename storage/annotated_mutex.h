#ifndef STAFFROOM_STORAGE_ANNOTATED_MUTEX_H_
#define STAFFROOM_STORAGE_ANNOTATED_MUTEX_H_

#include <mutex>

#include "absl/base/thread_annotations.h"

namespace staffroom::storage {

// std::mutex under Clang's thread-safety analysis. Not absl::Mutex: Debian builds Abseil without ThreadSanitizer's
// annotations, so TSan would call every access behind it a race.
class ABSL_LOCKABLE AnnotatedMutex {
 public:
  void Lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() { mutex_.lock(); }
  void Unlock() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class ABSL_SCOPED_LOCKABLE AnnotatedLock {
 public:
  explicit AnnotatedLock(AnnotatedMutex* mutex) ABSL_EXCLUSIVE_LOCK_FUNCTION(mutex) : mutex_(mutex) { mutex_->Lock(); }
  ~AnnotatedLock() ABSL_UNLOCK_FUNCTION() { mutex_->Unlock(); }
  AnnotatedLock(const AnnotatedLock&) = delete;
  AnnotatedLock& operator=(const AnnotatedLock&) = delete;

 private:
  AnnotatedMutex* const mutex_;
};

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_ANNOTATED_MUTEX_H_
