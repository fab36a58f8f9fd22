#ifndef STAFFROOM_SERVICE_CONVERTERS_RECORD_VALUES_H_
#define STAFFROOM_SERVICE_CONVERTERS_RECORD_VALUES_H_

#include <algorithm>

#include "google/protobuf/repeated_field.h"

namespace staffroom {

// The numbers in their order, each once: grade bands said twice count once. For short lists.
inline google::protobuf::RepeatedField<int> WithoutRepeats(const google::protobuf::RepeatedField<int>& numbers) {
  google::protobuf::RepeatedField<int> once;
  for (const int number : numbers) {
    if (std::find(once.begin(), once.end(), number) == once.end()) once.Add(number);
  }
  return once;
}

// The value of a record's enum, or what it means when it was never said.
template <typename Enum>
Enum Resolved(int value, Enum otherwise) {
  return value == 0 ? otherwise : static_cast<Enum>(value);
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_RECORD_VALUES_H_
