#ifndef STAFFROOM_SERVICE_CLIENT_LINE_FILE_H_
#define STAFFROOM_SERVICE_CLIENT_LINE_FILE_H_

#include <zlib.h>

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace staffroom {

// A text file read line by line, unpacked on the way when it is gzip. Not thread-safe.
class LineFile {
 public:
  // Longer lines are skipped: no message that a server takes is that long, even in JSON.
  static constexpr size_t kLineBytesMax = 16 << 20;

  // `path` "-" is standard input. The error of the file system when it cannot be opened.
  static absl::StatusOr<std::unique_ptr<LineFile>> Open(const std::string& path);
  ~LineFile();
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  // The next line, without its end. False at the end of the file. RESOURCE_EXHAUSTED for a line that is too long, after which
  // the next call goes on; DATA_LOSS when the file cannot be read on, as when gzip data is damaged or cut short.
  absl::StatusOr<bool> Next(std::string* line);

  // Of the line that Next gave last, from 1.
  int64_t line_number() const { return line_number_; }
  // Bytes of the file on disk (packed ones, where it is packed) that were taken so far.
  int64_t bytes_read() const;

 private:
  LineFile(std::string path, gzFile file);

  // Appends up to the line's end to `line`, which stops growing at kLineBytesMax. False when there was nothing left to read.
  absl::StatusOr<bool> ReadToEndOfLine(std::string* line, bool* too_long);
  absl::Status Fill();

  const std::string path_;
  const gzFile file_;
  std::string buffer_;  // what was unpacked, and where reading it stands
  size_t position_ = 0;
  int64_t line_number_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_LINE_FILE_H_
