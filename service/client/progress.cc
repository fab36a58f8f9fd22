#include "service/client/progress.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

namespace staffroom {
namespace {

constexpr int kBarColumns = 24;
constexpr char kClearLine[] = "\r\x1b[K";

std::string Clock(absl::Duration duration) {
  const int64_t seconds = absl::ToInt64Seconds(duration);
  if (seconds >= 3600) return absl::StrFormat("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return absl::StrFormat("%d:%02d", seconds / 60, seconds % 60);
}

std::string Bar(double share) {
  const int filled = static_cast<int>(share * kBarColumns);
  std::string bar(filled, '=');
  if (filled < kBarColumns) bar += '>';
  bar.resize(kBarColumns, ' ');
  return bar;
}

}  // namespace

std::string GroupedDigits(int64_t number) {
  std::string digits = absl::StrCat(number);
  const int first = number < 0 ? 1 : 0;
  for (int i = static_cast<int>(digits.size()) - 3; i > first; i -= 3) digits.insert(i, 1, ',');
  return digits;
}

std::string ProgressText(const Progress& progress) {
  const double seconds = absl::ToDoubleSeconds(progress.elapsed);
  const int64_t rate = seconds > 0 ? static_cast<int64_t>(static_cast<double>(progress.records) / seconds) : 0;
  const std::string records = absl::StrCat(GroupedDigits(progress.records), " records  ", GroupedDigits(rate), "/s");
  if (progress.bytes_total <= 0) return absl::StrCat(records, "  ", Clock(progress.elapsed), " so far");
  const double share =
      std::min(1.0, static_cast<double>(progress.bytes_read) / static_cast<double>(progress.bytes_total));
  std::string text = absl::StrFormat("[%s] %3d%%  %s", Bar(share), static_cast<int>(share * 100), records);
  // The first second's rate says little about the rest.
  if (seconds >= 1 && share > 0) absl::StrAppend(&text, "  ", Clock(progress.elapsed * ((1 - share) / share)), " left");
  return text;
}

void ProgressPrinter::Show(const Progress& progress) {
  const absl::Duration pause = is_terminal_ ? absl::Milliseconds(100) : absl::Seconds(10);
  if (shown_at_ == -absl::InfiniteDuration() && !is_terminal_) shown_at_ = absl::ZeroDuration();
  if (progress.elapsed - shown_at_ < pause) return;
  shown_at_ = progress.elapsed;
  write_(is_terminal_ ? absl::StrCat(kClearLine, ProgressText(progress)) : absl::StrCat(ProgressText(progress), "\n"));
}

void ProgressPrinter::Clear() {
  if (is_terminal_) write_(kClearLine);
}

std::string ProgressPrinter::Aside(const std::string& line) const {
  return is_terminal_ ? absl::StrCat(kClearLine, line, "\n") : absl::StrCat(line, "\n");
}

}  // namespace staffroom
