#ifndef STAFFROOM_TESTS_INTEGRATION_COMPLAINT_H_
#define STAFFROOM_TESTS_INTEGRATION_COMPLAINT_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "staffroom/v1/result.pb.h"
#include "tests/integration/community.h"

namespace staffroom {

// Something that an answer says and should not.
struct Complaint {
  std::string rule;    // a stable name: `result.followed`, `reason.count`
  std::string detail;  // who, what, to whom
};
inline std::ostream& operator<<(std::ostream& os, const Complaint& complaint) {
  return os << complaint.rule << ": " << complaint.detail;
}

// Who asked and when.
struct Question {
  std::string asker;  // an account's id
  absl::Time now;
  int least_named_count = 5;  // a smaller count names no number
};

// One result under examination.
struct Examined {
  const Community& community;
  const Question& question;
  Thing candidate;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_COMPLAINT_H_
