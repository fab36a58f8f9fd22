#ifndef STAFFROOM_TESTS_SUPPORT_FIGURES_H_
#define STAFFROOM_TESTS_SUPPORT_FIGURES_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace staffroom {

// The middle one; of an even number the mean of the middle two. REQUIRES: not empty.
double Median(std::vector<double> numbers);

// A plain decimal, never with an exponent: at most six digits after the point, no zeros at the end.
std::string PlainDecimal(double number);

// Prints what a program measured, one line `name value` each, for scripts. Whatever else it says goes to stderr.
class Figures {
 public:
  // Prints and flushes. A name that was printed before is a bug of the program and ends it.
  void Print(absl::string_view name, double value);

 private:
  std::set<std::string> printed_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_FIGURES_H_
