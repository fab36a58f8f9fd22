#include "service/client/text_table.h"

#include <utf8proc.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

// Calls `visit(code point, its bytes)` for each; a byte that is no UTF-8 counts as a code point -1.
template <typename Visit>
void ForEachCodePoint(absl::string_view text, Visit visit) {
  while (!text.empty()) {
    utf8proc_int32_t code_point = -1;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    const size_t taken = size > 0 ? size : 1;
    visit(code_point, text.substr(0, taken));
    text.remove_prefix(taken);
  }
}

// C0, DEL and C1.
bool IsControl(utf8proc_int32_t code_point) { return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0); }

std::string Harmless(absl::string_view cell) {
  std::string harmless;
  ForEachCodePoint(cell, [&harmless](utf8proc_int32_t code_point, absl::string_view bytes) {
    absl::StrAppend(&harmless, IsControl(code_point) ? "?" : bytes);
  });
  return harmless;
}

}  // namespace

int ColumnsOf(absl::string_view text) {
  int columns = 0;
  ForEachCodePoint(text, [&columns](utf8proc_int32_t code_point, absl::string_view) {
    columns += code_point < 0 ? 1 : utf8proc_charwidth(code_point);
  });
  return columns;
}

void TextTable::AddRow(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = Harmless(cell);
  rows_.push_back(std::move(cells));
}

std::string TextTable::ToString() const {
  std::vector<int> widths(columns_.size(), 0);
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], ColumnsOf(row[i]));
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string blanks(widths[i] - ColumnsOf(row[i]), ' ');
      const bool left = columns_[i] == Align::kLeft;
      absl::StrAppend(&line, i == 0 ? "" : "  ", left ? row[i] : blanks, left ? blanks : row[i]);
    }
    absl::StrAppend(&text, absl::StripTrailingAsciiWhitespace(line), "\n");
  }
  return text;
}

}  // namespace staffroom
