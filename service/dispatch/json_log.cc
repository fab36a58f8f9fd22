#include "service/dispatch/json_log.h"

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/base/utf8.h"

namespace staffroom {
namespace {

constexpr size_t kTextBytes = 1 << 10;
constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

absl::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

void AppendEscaped(std::string* line, absl::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const unsigned char byte = static_cast<unsigned char>(text[at]);
    const size_t length = Utf8SequenceLength(text.substr(at));
    if (length == 0) {
      absl::StrAppend(line, kReplacement);
      ++at;
      continue;
    }
    if (byte == '"' || byte == '\\') {
      line->push_back('\\');
      line->push_back(static_cast<char>(byte));
    } else if (byte < 0x20) {
      absl::StrAppendFormat(line, "\\u%04x", static_cast<unsigned>(byte));
    } else {
      line->append(text.data() + at, length);
    }
    at += length;
  }
}

}  // namespace

void JsonFields::Key(absl::string_view key) { absl::StrAppend(&members_, members_.empty() ? "\"" : ",\"", key, "\":"); }

JsonFields& JsonFields::Text(absl::string_view key, absl::string_view value) {
  Key(key);
  members_.push_back('"');
  AppendEscaped(&members_, value.substr(0, kTextBytes));
  members_.push_back('"');
  return *this;
}

JsonFields& JsonFields::Number(absl::string_view key, int64_t value) {
  Key(key);
  absl::StrAppend(&members_, value);
  return *this;
}

void JsonLog::Write(LogLevel level, absl::string_view event, const JsonFields& fields) {
  if (!IsOn(level)) return;
  const std::string time = absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", clock_.Now(), absl::UTCTimeZone());
  const std::string line = absl::StrCat("{\"time\":\"", time, "\",\"level\":\"", LevelName(level), "\",\"event\":\"",
                                        event, "\"", fields.members().empty() ? "" : ",", fields.members(), "}\n");
  const MutexLock lock(&mutex_);
  size_t written = 0;
  while (written < line.size()) {
    const ssize_t count = write(file_descriptor_, line.data() + written, line.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // a log that cannot be written must not stop the service
    written += static_cast<size_t>(count);
  }
}

}  // namespace staffroom
