#include "tests/support/figures.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace staffroom {

double Median(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const size_t middle = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
}

std::string PlainDecimal(double number) {
  std::string text = absl::StrFormat("%.6f", number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

void Figures::Print(absl::string_view name, double value) {
  const std::string text(name);
  if (!printed_.insert(text).second) {
    std::fprintf(stderr, "the figure %s was printed twice\n", text.c_str());
    std::abort();
  }
  std::printf("%s %s\n", text.c_str(), PlainDecimal(value).c_str());
  std::fflush(stdout);
}

}  // namespace staffroom
