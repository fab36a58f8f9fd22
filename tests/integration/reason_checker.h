#ifndef STAFFROOM_TESTS_INTEGRATION_REASON_CHECKER_H_
#define STAFFROOM_TESTS_INTEGRATION_REASON_CHECKER_H_

#include <vector>

#include "google/protobuf/repeated_field.h"
#include "tests/integration/complaint.h"

// Judges an answer of Recommend by the records alone. A reason is a claim: "followed by Ada and Ben, whom you follow" is true
// or it is not, and it may be told to this asker or it may not. Everything the contract says of a claim can be looked up in the
// records, except how near two vectors lie: of SIMILAR_TO it is checked that the asker saved or follows what is named.
//
// Rules have names, so that a test can say which one an answer must break:
//   result.*   the result should not be there (result_rules.h)
//   reason.*   the form: which parameters come with the kind, how many, what the count and the text tell (reason_form.h)
//   KIND.*     the claim of this kind is not true, or names what may not be named to the asker (reason_claims.h)
namespace staffroom {

// Everything that is wrong with an answer to `question`; empty for a good one.
std::vector<Complaint> CheckAnswer(const Community& community, const Question& question,
                                   const google::protobuf::RepeatedPtrField<v1::Result>& results);

// Whether the reason speaks of the asker, and not of the whole platform.
bool IsPersonal(const v1::Reason& reason);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_REASON_CHECKER_H_
