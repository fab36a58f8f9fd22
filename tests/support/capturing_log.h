#ifndef STAFFROOM_TESTS_SUPPORT_CAPTURING_LOG_H_
#define STAFFROOM_TESTS_SUPPORT_CAPTURING_LOG_H_

#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "service/base/mutex.h"
#include "service/dispatch/json_log.h"

namespace staffroom {

// Keeps every line. Thread-safe. Link staffroom_dispatch_base to use it.
class CapturingLog : public Log {
 public:
  bool IsOn(LogLevel level) const override { return level != LogLevel::kDebug; }
  void Write(LogLevel /*level*/, absl::string_view event, const JsonFields& fields) override {
    const MutexLock lock(&mutex_);
    lines_.push_back(absl::StrCat("\"event\":\"", event, "\",", fields.members()));
  }
  // The members of every line, `"event":"…","call_id":…`.
  std::vector<std::string> lines() const {
    const MutexLock lock(&mutex_);
    return lines_;
  }
  std::string text() const { return absl::StrJoin(lines(), "\n"); }

 private:
  mutable Mutex mutex_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_CAPTURING_LOG_H_
