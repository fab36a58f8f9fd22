#ifndef STAFFROOM_SERVICE_BASE_FOLD_H_
#define STAFFROOM_SERVICE_BASE_FOLD_H_

#include <string>

#include "absl/strings/string_view.h"

namespace staffroom {

// The form in which words (subjects, interests, tags, languages, regions) are compared: Unicode NFC with full case folding,
// outer white space dropped. `word` must be valid UTF-8; anything else comes back byte for byte.
std::string FoldWord(absl::string_view word);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_BASE_FOLD_H_
