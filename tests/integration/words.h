#ifndef STAFFROOM_TESTS_INTEGRATION_WORDS_H_
#define STAFFROOM_TESTS_INTEGRATION_WORDS_H_

#include <string>

#include "google/protobuf/repeated_field.h"

// The contract's comparison of words: NFC and case-folded; regions and languages by prefix.
namespace staffroom {

std::string Folded(const std::string& word);
bool HasWord(const google::protobuf::RepeatedPtrField<std::string>& words, const std::string& word);
// `GB` covers `GB` and `GB-SCT`, not `GBX`.
bool Covers(const std::string& prefix, const std::string& tag);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_WORDS_H_
