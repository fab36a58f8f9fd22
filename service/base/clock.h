#ifndef STAFFROOM_SERVICE_BASE_CLOCK_H_
#define STAFFROOM_SERVICE_BASE_CLOCK_H_

#include <memory>

#include "absl/time/time.h"

namespace staffroom {

// The only way to ask what time it is: tests move time by hand, a replica replays it. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The machine's clock.
std::unique_ptr<Clock> NewSystemClock();

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_BASE_CLOCK_H_
