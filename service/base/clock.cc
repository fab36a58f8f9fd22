#include "service/base/clock.h"

#include <memory>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace staffroom {
namespace {

class SystemClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace

std::unique_ptr<Clock> NewSystemClock() { return std::make_unique<SystemClock>(); }

}  // namespace staffroom
