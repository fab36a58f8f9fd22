#ifndef STAFFROOM_TESTS_INTEGRATION_RESULT_RULES_H_
#define STAFFROOM_TESTS_INTEGRATION_RESULT_RULES_H_

#include <vector>

#include "google/protobuf/repeated_field.h"
#include "tests/integration/complaint.h"

namespace staffroom {

// What an ItemRef names; kind ITEM_KIND_UNSPECIFIED when nothing.
Thing ThingOf(const v1::ItemRef& item);
// The display_name of an account (of a post: its author's), the title of a resource.
std::string LabelOf(const Community& community, const Thing& thing);

// Results that the asker should not have been given, whatever the reasons say: the contract's filters, the order of scores,
// and summaries that are not the thing's own.
std::vector<Complaint> CheckResults(const Community& community, const Question& question,
                                    const google::protobuf::RepeatedPtrField<v1::Result>& results);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_RESULT_RULES_H_
