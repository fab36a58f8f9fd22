#ifndef STAFFROOM_SERVICE_CLIENT_TEXT_TABLE_H_
#define STAFFROOM_SERVICE_CLIENT_TEXT_TABLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace staffroom {

// Rows of text in columns as wide as their widest cell, two blanks apart, for a terminal. Not thread-safe.
class TextTable {
 public:
  enum class Align { kLeft, kRight };

  explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}

  // As many cells as columns. Control characters, which a terminal would obey, become `?`.
  void AddRow(std::vector<std::string> cells);
  // Each row on a line of its own, without blanks at its end.
  std::string ToString() const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// How many columns of a terminal the UTF-8 text takes: wide characters two, combining ones none.
int ColumnsOf(absl::string_view text);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_TEXT_TABLE_H_
