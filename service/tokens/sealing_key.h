#ifndef STAFFROOM_SERVICE_TOKENS_SEALING_KEY_H_
#define STAFFROOM_SERVICE_TOKENS_SEALING_KEY_H_

#include <string>

#include "absl/status/statusor.h"

namespace staffroom {

// The key in the file at `path`: 32 bytes, readable by its owner only. When there is no such file, a new random key is
// written there first, whole or not at all. Tokens live as long as their key: a replica needs a copy of the file, and
// deleting it ends every token. FAILED_PRECONDITION when the file is not a key; the error of the file system otherwise.
absl::StatusOr<std::string> LoadOrCreateSealingKey(const std::string& path);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_TOKENS_SEALING_KEY_H_
