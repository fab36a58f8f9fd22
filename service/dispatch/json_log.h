#ifndef STAFFROOM_SERVICE_DISPATCH_JSON_LOG_H_
#define STAFFROOM_SERVICE_DISPATCH_JSON_LOG_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "service/base/clock.h"
#include "service/base/mutex.h"

// The service's log: one JSON object a line. Never the id of an account, a post or a resource in clear, and never who reads what.
namespace staffroom {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// The members of one JSON object, in the order they are added. Text is escaped, cut to 1 KiB and mended to valid UTF-8.
class JsonFields {
 public:
  JsonFields& Text(absl::string_view key, absl::string_view value);
  JsonFields& Number(absl::string_view key, int64_t value);
  // `"key":value,"key":value`, without braces.
  const std::string& members() const { return members_; }

 private:
  void Key(absl::string_view key);
  std::string members_;
};

// Where log lines go. Thread-safe.
class Log {
 public:
  virtual ~Log() = default;
  // Whether lines of this level are kept: ask before building costly fields.
  virtual bool IsOn(LogLevel level) const = 0;
  // `event` names what happened, in a fixed word or two.
  virtual void Write(LogLevel level, absl::string_view event, const JsonFields& fields) = 0;
};

// Writes lines to a file descriptor (2: stderr), each in one write so that lines never mix. Thread-safe.
class JsonLog : public Log {
 public:
  JsonLog(const Clock& clock, LogLevel minimum, int file_descriptor)
      : clock_(clock), minimum_(minimum), file_descriptor_(file_descriptor) {}
  bool IsOn(LogLevel level) const override { return level >= minimum_; }
  void Write(LogLevel level, absl::string_view event, const JsonFields& fields) override;

 private:
  const Clock& clock_;
  const LogLevel minimum_;
  const int file_descriptor_;
  Mutex mutex_;  // held while a line is written
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_JSON_LOG_H_
