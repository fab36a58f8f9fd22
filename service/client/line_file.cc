#include "service/client/line_file.h"

#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace staffroom {
namespace {

constexpr size_t kBufferBytes = 256 << 10;

}  // namespace

absl::StatusOr<std::unique_ptr<LineFile>> LineFile::Open(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return absl::FailedPreconditionError(absl::StrCat(path, " is a folder"));
  errno = 0;
  // Reads what is not packed just as it is, so one way serves both.
  const gzFile file = path == "-" ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path.c_str(), "rb");
  if (file == nullptr) return absl::ErrnoToStatus(errno == 0 ? ENOMEM : errno, path);
  gzbuffer(file, kBufferBytes);
  return absl::WrapUnique(new LineFile(path, file));
}

LineFile::LineFile(std::string path, gzFile file) : path_(std::move(path)), file_(file) {}

LineFile::~LineFile() { gzclose(file_); }

int64_t LineFile::bytes_read() const { return gzoffset(file_); }

absl::Status LineFile::Fill() {
  buffer_.resize(kBufferBytes);
  position_ = 0;
  const int count = gzread(file_, buffer_.data(), static_cast<unsigned>(buffer_.size()));
  buffer_.resize(count < 0 ? 0 : count);
  int error = Z_OK;
  const char* message = gzerror(file_, &error);
  // Z_BUF_ERROR: the file ends in the middle of the packed data. zlib gives out what came before first.
  if (error == Z_OK || (error == Z_BUF_ERROR && count > 0)) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat(path_, " cannot be read on: ", error == Z_BUF_ERROR ? "it is cut short" : message));
}

absl::StatusOr<bool> LineFile::ReadToEndOfLine(std::string* line, bool* too_long) {
  bool any = false;
  while (true) {
    if (position_ == buffer_.size()) {
      if (absl::Status status = Fill(); !status.ok()) return status;
      if (buffer_.empty()) return any;
    }
    any = true;
    const size_t end = buffer_.find('\n', position_);
    const size_t stop = end == std::string::npos ? buffer_.size() : end;
    if (line->size() + (stop - position_) > kLineBytesMax) *too_long = true;
    if (!*too_long) line->append(buffer_, position_, stop - position_);
    position_ = end == std::string::npos ? stop : stop + 1;
    if (end != std::string::npos) return true;
  }
}

absl::StatusOr<bool> LineFile::Next(std::string* line) {
  line->clear();
  bool too_long = false;
  absl::StatusOr<bool> any = ReadToEndOfLine(line, &too_long);
  if (!any.ok() || !*any) return any;
  ++line_number_;
  if (too_long) return absl::ResourceExhaustedError("the line is longer than 16 MiB");
  return true;
}

}  // namespace staffroom
