#ifndef STAFFROOM_TESTS_INTEGRATION_REASON_FORM_H_
#define STAFFROOM_TESTS_INTEGRATION_REASON_FORM_H_

#include <vector>

#include "staffroom/v1/reason.pb.h"
#include "tests/integration/complaint.h"

namespace staffroom {

// The things a reason names.
std::vector<Thing> NamedThings(const v1::Reason& reason);

// What can be said of a reason without knowing whether it is true: the parameters of its kind, their limits, no number where
// none may be told, and a sentence that says no more than the parameters do.
void CheckForm(const Examined& examined, const v1::Reason& reason, std::vector<Complaint>* complaints);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_REASON_FORM_H_
