#ifndef STAFFROOM_SERVICE_DISPATCH_CALL_ID_H_
#define STAFFROOM_SERVICE_DISPATCH_CALL_ID_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace staffroom {

// Names calls: 13 characters of 0-9 and a-v, different for every call of a process, and between processes as good as their
// seeds are random. Short enough that a std::string keeps them without allocating. Thread-safe.
class CallIds {
 public:
  explicit CallIds(uint64_t seed) : next_(seed) {}
  std::string Next();

 private:
  std::atomic<uint64_t> next_;
};

// The trace id of a W3C `traceparent` header (version 00, https://www.w3.org/TR/trace-context/): 32 hexadecimal digits;
// empty when the header is malformed or the id is all zeros.
absl::string_view TraceId(absl::string_view traceparent);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_CALL_ID_H_
