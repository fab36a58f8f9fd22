#include "tests/support/text_lines.h"

#include <zlib.h>

#include <memory>

#include "absl/strings/str_cat.h"

namespace staffroom {
namespace {

// Hands out whole lines of what comes in blocks.
class LineCutter {
 public:
  explicit LineCutter(absl::FunctionRef<absl::Status(absl::string_view, int)> sink) : sink_(sink) {}

  absl::Status Add(absl::string_view block) {
    while (!block.empty()) {
      const size_t end = block.find('\n');
      const absl::string_view part = block.substr(0, end);
      line_.append(part.data(), part.size());
      if (end == absl::string_view::npos) break;
      block.remove_prefix(end + 1);
      if (absl::Status told = Tell(); !told.ok()) return told;
    }
    return absl::OkStatus();
  }

  // A last line needs no line feed.
  absl::Status Finish() { return line_.empty() ? absl::OkStatus() : Tell(); }

 private:
  absl::Status Tell() {
    const absl::Status told = sink_(line_, ++number_);
    line_.clear();
    return told.ok() ? told : absl::Status(told.code(), absl::StrCat(number_, ": ", told.message()));
  }

  absl::FunctionRef<absl::Status(absl::string_view, int)> sink_;
  std::string line_;
  int number_ = 0;
};

}  // namespace

absl::Status ForEachLine(const std::string& path, absl::FunctionRef<absl::Status(absl::string_view, int)> sink) {
  // zlib hands plain files through as they are.
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (file == nullptr) return absl::NotFoundError(absl::StrCat("cannot open ", path));
  LineCutter cutter(sink);
  char buffer[1 << 16];
  int length = 0;
  const auto named = [&path](const absl::Status& status) {
    return status.ok() ? status : absl::Status(status.code(), absl::StrCat(path, ":", status.message()));
  };
  while ((length = gzread(file.get(), buffer, sizeof(buffer))) > 0) {
    const absl::Status added = cutter.Add(absl::string_view(buffer, static_cast<size_t>(length)));
    if (!added.ok()) return named(added);
  }
  // A gzip file that ends too soon reads as one that ends, but for this.
  int error = Z_OK;
  gzerror(file.get(), &error);
  if (length < 0 || error == Z_BUF_ERROR) return absl::DataLossError(absl::StrCat("cannot read ", path));
  return named(cutter.Finish());
}

absl::StatusOr<std::vector<std::string>> ReadLines(const std::string& path) {
  std::vector<std::string> lines;
  const absl::Status read = ForEachLine(path, [&lines](absl::string_view line, int) {
    lines.emplace_back(line);
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  return lines;
}

}  // namespace staffroom
